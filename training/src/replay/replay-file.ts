import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { InkError } from '@inkcast/shared/errors';
import { sha256 } from '@inkcast/shared/files';
import { parseJson } from '@inkcast/shared/plain-data';
import { z } from 'zod';
import { type Dataset, DIGIT_SHAPE, pictureSize } from '../data/index.js';
import { REPLAY_PARTS, type ReplaySet } from './replay-set.js';

const PIXELS = pictureSize(DIGIT_SHAPE);
const MAX_PICTURES = 20_000;
/** A header has at most this many bytes. */
const MAX_HEADER_BYTES = 64 * 1024;

const countSchema = z.int().nonnegative().max(MAX_PICTURES);

const headerSchema = z.strictObject({
  format: z.literal('inkcast-replay'),
  version: z.literal(1),
  classes: z.array(z.string().min(1)).min(2).max(256),
  /** Pictures of each part, in this order. */
  parts: z.strictObject({ learn: countSchema, hardTest: countSchema, negatives: countSchema }),
});

/**
 * The file of a replay set: compressed with Brotli, a line of JSON, then the label of each picture as a byte, then the
 * pictures, 784 bytes each.
 */
export function encodeReplay(set: ReplaySet): Uint8Array {
  const { classes } = set.learn;
  const header: z.infer<typeof headerSchema> = {
    format: 'inkcast-replay',
    version: 1,
    classes: [...classes],
    parts: {
      learn: set.learn.labels.length,
      hardTest: set.hardTest.labels.length,
      negatives: set.negatives.labels.length,
    },
  };
  const parts = REPLAY_PARTS.map((part) => set[part]);
  const content = Buffer.concat([
    Buffer.from(`${JSON.stringify(header)}\n`),
    ...parts.map(({ labels }) => Uint8Array.from(labels)),
    ...parts.map(({ images }) => images),
  ]);
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  return brotliCompressSync(content, { params });
}

/**
 * The inverse of `encodeReplay`.
 *
 * @param name the file's name in messages
 * @throws InkError INK_DATASET_INVALID
 */
export function decodeReplay(file: Uint8Array, name: string): ReplaySet {
  const content = decompress(file, name);
  const end = content.indexOf('\n');
  const header = parseHeader(content.subarray(0, Math.max(0, end)).toString('utf8'), name);
  const { classes, parts } = header;
  const count = REPLAY_PARTS.reduce((sum, part) => sum + parts[part], 0);
  const labels = content.subarray(end + 1, end + 1 + count);
  const images = content.subarray(end + 1 + count);
  if (images.length !== count * PIXELS) throw invalid(name, `does not hold the ${count} pictures that it names`);
  if (labels.some((label) => label >= classes.length)) throw invalid(name, 'has a label without a class');
  let first = 0;
  const next = (part: (typeof REPLAY_PARTS)[number]): Dataset => {
    const from = first;
    first += parts[part];
    return {
      name: `replay ${part}`,
      shape: DIGIT_SHAPE,
      images: new Uint8Array(images.subarray(from * PIXELS, first * PIXELS)),
      labels: Uint16Array.from(labels.subarray(from, first)),
      classes,
      sha256: { [name]: sha256(file) },
    };
  };
  return { learn: next('learn'), hardTest: next('hardTest'), negatives: next('negatives') };
}

function decompress(file: Uint8Array, name: string): Buffer {
  try {
    return brotliDecompressSync(file, { maxOutputLength: MAX_HEADER_BYTES + 3 * MAX_PICTURES * (PIXELS + 1) });
  } catch (cause) {
    throw invalid(name, 'cannot be decompressed', cause);
  }
}

function parseHeader(text: string, name: string): z.infer<typeof headerSchema> {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (cause) {
    throw invalid(name, 'does not begin with a line of JSON', cause);
  }
  const parsed = headerSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(name, `is wrong at ${issue.path.join('.') || 'the whole'}: ${issue.message}`);
}

const invalid = (name: string, reason: string, cause?: unknown): InkError =>
  new InkError('INK_DATASET_INVALID', `The replay set ${name} ${reason}.`, { cause });
