import { classesSchema, NONE } from '../../teaching/class-name.js';

/** Whether labels can be the classes of a reading, that is, can stand in its text. */
export const areClassNames = (labels: readonly string[]): boolean => classesSchema.safeParse(labels).success;

const isDigit = (label: string): boolean => /^[0-9]$/.test(label);

/**
 * Whether a model's labels are digits and `none` only. Spotter, verifier and judgement know nothing else, and neither do
 * rules for numbers.
 */
export function areDigits(labels: readonly string[]): boolean {
  return labels.some(isDigit) && labels.every((label) => isDigit(label) || label === NONE);
}
