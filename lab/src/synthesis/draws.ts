import type { Random } from '@inkcast/training/random';

/** One of `items`, all with equal probability. */
export function pick<T>(random: Random, items: readonly T[]): T {
  return items[random.integer(items.length)];
}

/** One of `items`, each as probable as its share of all shares. */
export function pickByShare<T extends { readonly share: number }>(random: Random, items: readonly T[]): T {
  let place = random.next() * items.reduce((sum, { share }) => sum + share, 0);
  for (const item of items) {
    place -= item.share;
    if (place < 0) return item;
  }
  return items[items.length - 1];
}

export function chance(random: Random, probability: number): boolean {
  return random.next() < probability;
}

/** A number between two positive numbers, uniform on a logarithmic scale, for sizes and contrasts. */
export function logUniform(random: Random, low: number, high: number): number {
  return Math.exp(random.uniform(Math.log(low), Math.log(high)));
}
