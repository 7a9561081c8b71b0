import type { Random } from '@inkcast/training/random';

/** Values at which sizes, offsets and signs go wrong. */
const EDGES = [0x00, 0x01, 0x7f, 0x80, 0xff];
const MAX_CHANGES = 4;
const MAX_PART_BYTES = 64;
/** One input in so many is nothing but random bytes. */
const RANDOM_ONE_IN = 8;

/** What inputs are made of. */
export interface Material {
  readonly samples: readonly Uint8Array[];
  /** Words that mean something where the inputs are read; they are put in at random places. */
  readonly words?: readonly string[];
  /** Of inputs that are nothing but random bytes; default 4096. */
  readonly maxRandomBytes?: number;
}

/** An input: a sample with some changes, or random bytes. */
export function fuzzedBytes(random: Random, { samples, words = [], maxRandomBytes = 4096 }: Material): Buffer {
  if (random.integer(RANDOM_ONE_IN) === 0) return randomBytes(random, random.integer(maxRandomBytes + 1));
  let bytes: Buffer = Buffer.from(pick(random, samples));
  for (let left = 1 + random.integer(MAX_CHANGES); left > 0; left--) bytes = changed(random, bytes, samples, words);
  return bytes;
}

/** As `fuzzedBytes`, as the text that it would be read as. */
export const fuzzedText = (random: Random, samples: readonly string[], words: readonly string[]): string =>
  fuzzedBytes(random, { samples: samples.map((text) => Buffer.from(text)), words }).toString('utf8');

export function randomBytes(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => random.integer(256)));
}

export function pick<T>(random: Random, items: readonly T[]): T {
  return items[random.integer(items.length)];
}

/** Cuts bytes into chunks, as a network or a pipe does. */
export function chunksOf(random: Random, bytes: Uint8Array): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + random.integer(Math.max(1, bytes.length));
    chunks.push(bytes.subarray(at, end));
    at = end;
  }
  return chunks;
}

/** Ways to change bytes. Those that keep most of the sample come more often: what is cut short is refused early. */
const WAYS = ['flip', 'flip', 'edge', 'edge', 'noise', 'word', 'word', 'cut', 'drop', 'repeat', 'splice'] as const;

function changed(random: Random, bytes: Buffer, samples: readonly Uint8Array[], words: readonly string[]): Buffer {
  const at = random.integer(bytes.length + 1);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  const part = 1 + random.integer(MAX_PART_BYTES);
  switch (pick(random, WAYS)) {
    case 'flip':
      return overwritten(bytes, at, Buffer.of((bytes[at] ?? 0) ^ (1 << random.integer(8))));
    case 'edge':
      return overwritten(bytes, at, Buffer.alloc(1 << random.integer(3), pick(random, EDGES)));
    case 'noise':
      return overwritten(bytes, at, randomBytes(random, part));
    case 'word':
      if (words.length === 0) return bytes;
      return Buffer.concat([before, Buffer.from(pick(random, words)), after.subarray(random.integer(part))]);
    case 'cut':
      return Buffer.from(before);
    case 'drop':
      return Buffer.concat([before, after.subarray(part)]);
    case 'repeat':
      return Buffer.concat([before, after.subarray(0, part), after]);
    case 'splice': {
      const other = pick(random, samples);
      return Buffer.concat([before, other.subarray(random.integer(other.length + 1))]);
    }
  }
}

function overwritten(bytes: Buffer, at: number, part: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  part.copy(copy, at);
  return copy;
}
