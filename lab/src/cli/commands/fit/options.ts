import { needsWhole } from '@inkcast/shared/cli';
import { MAX_WEIGHT as MOST } from '@inkcast/training/quantization';
import type { WeightRounding } from '../../../fit/index.js';

/** Options of several steps. */
export const FRAMES = {
  type: 'string',
  array: true,
  demandOption: true,
  describe: 'Files of frames, written by fit frames',
} as const;

export const LEFT_OUT = {
  type: 'string',
  default: 'board,scatter',
  describe: 'Kinds of frames to leave out of the training, separated by commas: limits are chosen on them',
} as const;

export const JOBS = {
  type: 'number',
  default: 2,
  describe: 'Number of threads; the result does not depend on it',
} as const;

export const MIN_SPOT = {
  type: 'number',
  default: -1.5,
  describe: 'Minimum log-odds of the places that the spotter finds',
} as const;

export const MAX_WEIGHT = {
  type: 'number',
  describe: `Largest magnitude of a weight in int8, 1 to ${MOST}; coarser weights compress better. Default: ${MOST}`,
} as const;

export const ROUND_BY_ERROR = {
  type: 'boolean',
  default: false,
  describe: 'Round each weight so that the sums of its operator change least, and correct biases',
} as const;

/** How weights are rounded by these options; what is not asked for is left out. @throws InkError INK_USAGE */
export function roundingOf(options: {
  readonly 'max-weight': number | undefined;
  readonly 'round-by-error': boolean;
}): WeightRounding {
  const { 'max-weight': maxWeight, 'round-by-error': roundsByError } = options;
  if (maxWeight !== undefined) needsWhole('max-weight', maxWeight, 1, MOST);
  return { ...(maxWeight === undefined ? {} : { maxWeight }), ...(roundsByError ? { roundsByError } : {}) };
}

/** The words of a list that is separated by commas. */
export const words = (list: string): string[] => list.split(',').filter((word) => word !== '');
