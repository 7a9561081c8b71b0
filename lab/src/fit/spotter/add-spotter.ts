import { openBundle, type SpotterSize } from '@inkcast/shared/bundle';
import { SPOT_CLASSES, SPOT_STRIDE } from '@inkcast/shared/spots';
import { openTfLite } from '@inkcast/shared/tflite';
import { addToBundle } from '@inkcast/training/bundle';
import { loadWeights } from '@inkcast/training/checkpoint';
import { networkCost } from '@inkcast/training/models';
import { checkFrameFiles } from '../frames/check-frame-files.js';
import { firstFrames } from '../frames/frame-file.js';
import { blankJudgement } from '../judgement/blank-judgement.js';
import { recipeOf } from '../recipe.js';
import type { WeightRounding } from '../weight-rounding.js';
import { quantizeSpotter } from './quantize-spotter.js';

/** Number of frames per file, from the first one on, for the calibration. */
const MAX_FRAMES_A_FILE = 400;
/** The judgement of a bundle without one, until one is fitted. */
const FIRST_SPOT_LOG_ODDS = -2;

export interface SpotterAddition {
  readonly weights: string;
  /** Files of frames to calibrate on. */
  readonly frames: readonly string[];
  readonly seed: number;
  readonly bundle: string;
  readonly size: SpotterSize;
  readonly rounding: WeightRounding;
}

export interface AddedSpotterCost {
  readonly parameters: number;
  readonly multiplications: number;
  readonly bytes: number;
}

/**
 * Quantizes a trained spotter and puts it into a bundle, with a description of its training. A bundle without a judgement
 * gets a blank one.
 *
 * @throws InkError the errors of `loadWeights`, `quantizeSpotter` and `addToBundle`; the bundle is then unchanged
 */
export async function addSpotter(addition: SpotterAddition): Promise<AddedSpotterCost> {
  const { weights, frames, seed, bundle, size, rounding } = addition;
  const trained = await loadWeights(weights);
  const { judgement } = await openBundle(bundle);
  const recipe = await recipeOf(weights);
  const calibration = { seed, frames: (await checkFrameFiles(frames)).map(({ sha256 }) => sha256), ...rounding };
  const stored = await firstFrames(frames, MAX_FRAMES_A_FILE);
  const model = quantizeSpotter(openTfLite(), trained, stored, seed, rounding);
  const { parameters, macs } = networkCost(trained.network);
  await addToBundle(bundle, {
    spotters: [
      {
        size,
        stride: SPOT_STRIDE,
        classes: SPOT_CLASSES,
        parameters,
        multiplications: macs,
        recipe: { ...recipe, calibration },
        range: [0, 1],
        model,
      },
    ],
    ...(judgement === undefined ? { judgement: blankJudgement(FIRST_SPOT_LOG_ODDS) } : {}),
  });
  return { parameters, multiplications: macs, bytes: model.length };
}
