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

/** The words of a list that is separated by commas. */
export const words = (list: string): string[] => list.split(',').filter((word) => word !== '');
