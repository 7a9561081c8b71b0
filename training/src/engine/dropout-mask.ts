/** The finalizer of MurmurHash3: every bit of the input changes every bit of the output with probability near 1/2. */
function finalize(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The 32-bit key of one dropout layer's mask in one step. */
export function dropoutKey(seed: number, step: number, layerIndex: number): number {
  return finalize(finalize(finalize(seed) + Math.imul(step, 0x9e3779b9)) + Math.imul(layerIndex, 0x7feb352d));
}

/** The limit for the hashes of dropped units, as a share of 2^32. */
export const dropoutThreshold = (rate: number): number => Math.round(rate * 2 ** 32);

/**
 * Whether unit `index` of the whole batch (not of a shard) is kept. A hash replaces a stream of random numbers, so every
 * thread can decide this for any unit, in any order.
 */
export function isKept(key: number, index: number, threshold: number): boolean {
  return finalize(key + Math.imul(index, 0x9e3779b9)) >= threshold;
}
