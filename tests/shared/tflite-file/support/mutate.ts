import type { Random } from '@inkcast/training/random';

type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array;

/** Words that bounds checks get wrong: around zero, around the ends of 8, 16 and 32 bits, and just small. */
const AWKWARD = [0, 1, 2, 3, 4, 8, 127, 128, 255, 256, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

const changed =
  (change: (copy: Uint8Array, random: Random) => void): Mutation =>
  (bytes, random) => {
    const copy = bytes.slice();
    change(copy, random);
    return copy;
  };

/** Start and length of a piece of up to 64 bytes. */
function piece(bytes: Uint8Array, random: Random): { readonly start: number; readonly length: number } {
  const length = Math.min(1 + random.integer(64), bytes.length);
  return { start: random.integer(bytes.length - length + 1), length };
}

const setWord = (bytes: Uint8Array, random: Random, value: number): void => {
  const at = 4 * random.integer(Math.floor(bytes.length / 4));
  new DataView(bytes.buffer).setUint32(at, value, true);
};

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'flipped bits': changed((bytes, random) => {
    for (let left = 1 + random.integer(4); left > 0; left--) {
      bytes[random.integer(bytes.length)] ^= 1 << random.integer(8);
    }
  }),
  'another byte': changed((bytes, random) => {
    bytes[random.integer(bytes.length)] = random.integer(256);
  }),
  'an awkward word': changed((bytes, random) => setWord(bytes, random, AWKWARD[random.integer(AWKWARD.length)])),
  'a random offset': changed((bytes, random) => setWord(bytes, random, random.integer(2 * bytes.length))),
  'a small word': changed((bytes, random) => setWord(bytes, random, random.integer(12))),
  truncated: (bytes, random) => bytes.slice(0, random.integer(bytes.length)),
  'swapped ranges': changed((bytes, random) => {
    const { start, length } = piece(bytes, random);
    const other = random.integer(bytes.length - length + 1);
    const [left, right] = [bytes.slice(start, start + length), bytes.slice(other, other + length)];
    bytes.set(left, other);
    bytes.set(right, start);
  }),
  'a range twice': changed((bytes, random) => {
    const { start, length } = piece(bytes, random);
    bytes.copyWithin(random.integer(bytes.length - length + 1), start, start + length);
  }),
  'a range gone': (bytes, random) => {
    const { start, length } = piece(bytes, random);
    return Uint8Array.from([...bytes.subarray(0, start), ...bytes.subarray(start + length)]);
  },
};

const NAMES = Object.keys(MUTATIONS);

/** A damaged copy, by one mutation or now and then several. */
export function mutate(bytes: Uint8Array, random: Random): { readonly bytes: Uint8Array; readonly how: string } {
  const how = Array.from(
    { length: 1 + random.integer(3) * random.integer(2) },
    () => NAMES[random.integer(NAMES.length)],
  );
  const damaged = how.reduce(
    (damaged, name) => (damaged.length < 8 ? damaged : MUTATIONS[name](damaged, random)),
    bytes,
  );
  return { bytes: damaged, how: how.join(', ') };
}
