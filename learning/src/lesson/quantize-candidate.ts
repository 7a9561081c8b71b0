import { type FinishedRun, quantizeWith, type ScoredModel } from '@inkcast/training/bundle/portable';
import type { LearningTools } from '../tools/index.js';

/** Pictures for the ranges of the values. */
const CALIBRATION_IMAGES = 300;

/** @throws InkError INK_QUANTIZE_FAILED */
export async function quantizeCandidate(
  tools: LearningTools,
  run: FinishedRun,
  { name, version }: { readonly name: string; readonly version: string },
): Promise<ScoredModel> {
  const settings = { name, version, method: 'min-max', images: CALIBRATION_IMAGES, interfaceType: 'int8' } as const;
  return quantizeWith(tools, run, settings);
}
