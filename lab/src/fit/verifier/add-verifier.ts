import { openTfLite } from '@inkcast/shared/tflite';
import { addToBundle } from '@inkcast/training/bundle';
import { encodeWeights, loadWeights, type TrainedNetwork } from '@inkcast/training/checkpoint';
import { predictAll, startNetworkPredictor } from '@inkcast/training/evaluation';
import { networkCost } from '@inkcast/training/models';
import { quantizeNetwork } from '@inkcast/training/quantization';
import { Random } from '@inkcast/training/random';
import { encodeVerifierReplay, type VerifierReplay } from '@inkcast/training/replay';
import { writeTflite } from '@inkcast/training/tflite';
import { checkFrameFiles } from '../frames/check-frame-files.js';
import { recipeOf } from '../recipe.js';
import type { WeightRounding } from '../weight-rounding.js';
import { calibrationPictures } from './calibration-pictures.js';
import { chooseRehearsal, type Judge } from './choose-rehearsal.js';
import { collectPatches } from './collect-patches.js';
import { VERIFIER_LABELS } from './label-patch.js';
import { type Patch, PICTURE_WINDOW } from './patch.js';

/** Number of frames per file, from the first one on, for the calibration. */
const MAX_FRAMES_A_FILE = 100;

export interface VerifierAddition {
  readonly weights: string;
  /** Files of frames to calibrate on. */
  readonly frames: readonly string[];
  readonly seed: number;
  readonly bundle: string;
  readonly minSpotLogOdds: number;
  readonly jobs: number;
  readonly rounding: WeightRounding;
}

export interface AddedVerifierCost {
  readonly parameters: number;
  readonly multiplications: number;
  readonly bytes: number;
  /** Of its replay set. */
  readonly replayBytes: number;
}

/** Small probabilities matter to the judgement: logits keep them in int8, and probabilities do not. */
const withoutSoftmax = ({ network, ...rest }: TrainedNetwork): TrainedNetwork => ({
  ...rest,
  network: { ...network, layers: network.layers.slice(0, -1) },
});

/**
 * Quantizes a trained verifier and puts it into a bundle, with a description of its training, and with what teaching it needs:
 * its float weights, and pictures of the frames as its replay set.
 *
 * @throws InkError the errors of `loadWeights`, `quantizeNetwork` and `addToBundle`; the bundle is then unchanged
 */
export async function addVerifier(addition: VerifierAddition): Promise<AddedVerifierCost> {
  const { weights, frames, seed, bundle, minSpotLogOdds, jobs, rounding } = addition;
  const trained = await loadWeights(weights);
  const files = await checkFrameFiles(frames);
  const seen = { bundle, minSpotLogOdds, files: frames, leftOut: [], limit: MAX_FRAMES_A_FILE, jobs };
  const patches = await collectPatches(seen);
  const random = new Random(seed);
  const images = calibrationPictures(patches, random);
  const settings = { method: 'min-max', ...rounding } as const;
  const { quantized } = quantizeNetwork(openTfLite(), withoutSoftmax(trained), images, settings);
  const model = writeTflite(quantized);
  const replay = encodeVerifierReplay(await rehearsalOf(trained, patches, random));
  const { parameters, macs } = networkCost(trained.network);
  const calibration = { seed, frames: files.map(({ sha256 }) => sha256), ...rounding };
  await addToBundle(bundle, {
    verifier: {
      ...{ labels: [...VERIFIER_LABELS], window: PICTURE_WINDOW, parameters, multiplications: macs, model },
      ...{ recipe: { ...(await recipeOf(weights)), calibration }, range: [0, 1] },
      learning: { weights: encodeWeights(trained), replay },
    },
  });
  return { parameters, multiplications: macs, bytes: model.length, replayBytes: replay.length };
}

async function rehearsalOf(
  trained: TrainedNetwork,
  patches: readonly Patch[],
  random: Random,
): Promise<VerifierReplay> {
  const predictor = await startNetworkPredictor(trained, { backend: 'wasm' });
  const { length } = trained.labels;
  const judge: Judge = async (pictures) => {
    const { probabilities } = await predictAll(predictor, pictures);
    return Array.from(pictures.labels, (_, at) => probabilities.subarray(at * length, (at + 1) * length));
  };
  return chooseRehearsal(patches, judge, random).finally(() => predictor.close());
}
