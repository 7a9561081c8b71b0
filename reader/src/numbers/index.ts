import { ALIGNMENT_NUMBERS } from './alignment-numbers.js';
import { INFERENCE_NUMBERS } from './inference-numbers.js';
import { READING_NUMBERS } from './reading-numbers.js';
import { TRACKING_NUMBERS } from './tracking-numbers.js';
import { VISION_NUMBERS } from './vision-numbers.js';

export type { ReaderNumber } from './reader-number.js';

/** All numbers of the reader that are set by hand; learned numbers are in the model bundle. */
export const READER_NUMBERS = {
  ...VISION_NUMBERS,
  ...INFERENCE_NUMBERS,
  ...READING_NUMBERS,
  ...TRACKING_NUMBERS,
  ...ALIGNMENT_NUMBERS,
};
