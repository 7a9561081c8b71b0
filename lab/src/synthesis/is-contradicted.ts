import { NONE_LABEL } from './crop-collection.js';

/** The prediction of a network for a crop. */
export interface Opinion {
  /** The likeliest digit. */
  readonly digit: number;
  /** Its probability. */
  readonly digitConfidence: number;
}

/** A network is confident of a digit with at least this probability. */
const SURE = 0.95;

/**
 * Whether all of several networks contradict a crop's label. A digit is contradicted if another digit is more likely; none
 * is contradicted if all networks are confident of the same digit. Such crops, for example a D, half of a 7, or a blot of a
 * thick pen, would only make a network less confident. Networks with different training rarely make the same mistake, so
 * crops that are hard for only one of them stay.
 */
export function isContradicted(label: number, opinions: readonly Opinion[]): boolean {
  const [first] = opinions;
  if (first === undefined) return false;
  if (label !== NONE_LABEL) return opinions.every(({ digit }) => digit !== label);
  return opinions.every(({ digit, digitConfidence }) => digit === first.digit && digitConfidence >= SURE);
}
