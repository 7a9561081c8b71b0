/** Options that several steps have. */
export const FRAMES = {
  type: 'string',
  array: true,
  demandOption: true,
  describe: 'Files of frames, as fit frames writes them',
} as const;

export const LEFT_OUT = {
  type: 'string',
  default: 'board,scatter',
  describe: 'Kinds of frames, with commas, that nothing is learned from: choices are made by them',
} as const;

export const JOBS = { type: 'number', default: 2, describe: 'Threads; the result does not depend on them' } as const;

/** The words of a list with commas. */
export const words = (list: string): string[] => list.split(',').filter((word) => word !== '');
