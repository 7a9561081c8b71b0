import { InkError } from '../errors/index.js';

/** @throws InkError INK_USAGE if an option is not a whole number within these bounds */
export function needsWhole(name: string, value: number, least = 1, most: number = Number.MAX_SAFE_INTEGER): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  const bounds = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
  throw new InkError('INK_USAGE', `--${name} must be a whole number ${bounds}, and not ${value}.`);
}

/** @throws InkError INK_USAGE if an option is not within these bounds */
export function needsBetween(name: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  throw new InkError('INK_USAGE', `--${name} must be a number from ${least} to ${most}, and not ${value}.`);
}
