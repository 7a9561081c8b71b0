import { InkError } from '@inkcast/shared/errors';

/** @throws InkError INK_USAGE where an option is no whole number, or less than `least` */
export function needsWhole(name: string, value: number, least = 1): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new InkError('INK_USAGE', `--${name} must be a whole number from ${least} on, and not ${value}.`);
}
