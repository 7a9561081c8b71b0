import { Random } from '../../random/index.js';

/**
 * The order in which an epoch goes through a data set: every picture once, shuffled by the seed and the epoch's number
 * alone, so that a run that is resumed in the middle needs nothing but these two.
 */
export function epochOrder(count: number, seed: number, epoch: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  new Random(seed).fork(epoch).shuffle(order);
  return order;
}
