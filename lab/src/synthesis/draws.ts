import type { Random } from '@inkcast/training/random';

/** One of `items`, each as likely as any other. */
export function pick<T>(random: Random, items: readonly T[]): T {
  return items[random.integer(items.length)];
}

export function chance(random: Random, probability: number): boolean {
  return random.next() < probability;
}

/** Between two positive numbers, each factor as likely as any other: for sizes and contrasts. */
export function logUniform(random: Random, low: number, high: number): number {
  return Math.exp(random.uniform(Math.log(low), Math.log(high)));
}
