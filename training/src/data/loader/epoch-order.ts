import { Random } from '../../random/index.js';

/**
 * The order of an epoch: every picture once. It depends only on the seed and the epoch's number, so that a run that
 * resumes in the middle of an epoch finds the same order.
 */
export function epochOrder(count: number, seed: number, epoch: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  new Random(seed).fork(epoch).shuffle(order);
  return order;
}
