/** The state of a generator: four 32-bit words, so that a run can be saved and continued bit by bit. */
export type RandomState = readonly [number, number, number, number];

const TWO_POW_32 = 4294967296;

/** One step of SplitMix32 (the 32-bit finalizer of MurmurHash3 over a Weyl sequence); spreads a seed over the state. */
function splitMix(seed: number, index: number): number {
  let z = (seed + Math.imul(index + 1, 0x9e3779b9)) >>> 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}

const rotateLeft = (x: number, bits: number): number => (x << bits) | (x >>> (32 - bits));

/**
 * A seeded generator of random numbers, the same on every machine: xoshiro128** (Blackman and Vigna, "Scrambled linear
 * pseudorandom number generators", 2018). Not for secrets.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /** @param seed any integer; only its low 32 bits count */
  constructor(seed: number) {
    this.#a = splitMix(seed, 0);
    this.#b = splitMix(seed, 1);
    this.#c = splitMix(seed, 2);
    this.#d = splitMix(seed, 3);
  }

  /** The generator that `state()` was taken from, continuing where it stood. */
  static fromState(state: RandomState): Random {
    const random = new Random(0);
    [random.#a, random.#b, random.#c, random.#d] = state;
    return random;
  }

  state(): RandomState {
    return [this.#a, this.#b, this.#c, this.#d];
  }

  /** A whole number, uniform in [0, 2^32). */
  uint32(): number {
    const result = Math.imul(rotateLeft(Math.imul(this.#b, 5), 7), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = rotateLeft(this.#d, 11);
    return result;
  }

  /** Uniform in [0, 1), in steps of 2^-32. */
  next(): number {
    return this.uint32() / TWO_POW_32;
  }

  /** Uniform in [low, high). */
  uniform(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** A whole number, uniform in [0, bound); without bias, by rejection. */
  integer(bound: number): number {
    const limit = TWO_POW_32 - (TWO_POW_32 % bound);
    let value = this.uint32();
    while (value >= limit) value = this.uint32();
    return value % bound;
  }

  /** Standard normal, by Box and Muller's transform. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return radius * Math.cos(2 * Math.PI * this.next());
  }

  /** Puts `items` into a random order, in place (Fisher and Yates). */
  shuffle(items: Uint32Array | number[]): void {
    for (let last = items.length - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      const kept = items[last];
      items[last] = items[other];
      items[other] = kept;
    }
  }

  /** A new generator that depends on this generator's state and on `stream`. It does not advance this generator. */
  fork(stream: number): Random {
    return new Random(splitMix(this.#a ^ rotateLeft(this.#c, 16), stream));
  }
}
