import { NONE_LABEL } from './crop-collection.js';

/** What a network makes of a crop. */
export interface Opinion {
  /** The likeliest digit. */
  readonly digit: number;
  /** Its probability. */
  readonly digitConfidence: number;
}

/** From this probability on a network is sure of a digit. */
const SURE = 0.95;

/**
 * Whether all of several networks hold against a crop's label: of a digit, that it is likelier another one; of none, that
 * it surely is a digit, and which. A D, a half of a 7 and a blot under a thick pen teach nothing but doubt. Networks that
 * learned otherwise seldom agree in a mistake, so that what is hard for one of them stays.
 */
export function isContradicted(label: number, opinions: readonly Opinion[]): boolean {
  const [first] = opinions;
  if (first === undefined) return false;
  if (label !== NONE_LABEL) return opinions.every(({ digit }) => digit !== label);
  return opinions.every(({ digit, digitConfidence }) => digit === first.digit && digitConfidence >= SURE);
}
