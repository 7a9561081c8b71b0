import type { Random } from '@inkcast/training/random';

/** One of `items`, all with equal probability. */
export function pick<T>(random: Random, items: readonly T[]): T {
  return items[random.integer(items.length)];
}

export function chance(random: Random, probability: number): boolean {
  return random.next() < probability;
}

/** A number between two positive numbers, uniform on a logarithmic scale, for sizes and contrasts. */
export function logUniform(random: Random, low: number, high: number): number {
  return Math.exp(random.uniform(Math.log(low), Math.log(high)));
}
