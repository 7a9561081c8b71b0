import { InkError } from '@inkcast/shared/errors';
import { sha256 } from '@inkcast/shared/hashing';
import { DIGIT_SIDE } from '@inkcast/shared/normalization';
import { parseJson } from '@inkcast/shared/plain-data/portable';
import { z } from 'zod';
import { type Dataset, pictureSize } from '../data/portable/index.js';

const MAX_PICTURES = 20_000;
const MAX_SIDE = 128;
const NEWLINE = 0x0a;

const countSchema = z.int().nonnegative().max(MAX_PICTURES);

const headerSchema = z.strictObject({
  format: z.string(),
  version: z.literal(1),
  /** Of each picture, in pixels; absent in files of crops. */
  side: z.int().positive().max(MAX_SIDE).default(DIGIT_SIDE),
  classes: z.array(z.string().min(1)).min(2).max(256),
  /** Pictures of each part. */
  parts: z.record(z.string(), countSchema),
});

/** A kind of file with several data sets of the same classes and the same size of pictures. */
export interface PartsFormat {
  /** Stands in the file. */
  readonly format: string;
  /** In their order in the file. */
  readonly parts: readonly string[];
}

/** Decompresses a file. It throws if the file is damaged. */
export type Decompress = (file: Uint8Array) => Uint8Array;

/** A line of JSON, then the label of each picture as a byte, then the pictures, one byte a pixel. */
export function partsContent({ format, parts }: PartsFormat, sets: readonly Dataset[]): readonly Uint8Array[] {
  const [{ classes, shape }] = sets;
  const header: z.infer<typeof headerSchema> = {
    format,
    version: 1,
    side: shape[0],
    classes: [...classes],
    parts: Object.fromEntries(parts.map((part, index) => [part, sets[index].labels.length])),
  };
  return [
    new TextEncoder().encode(`${JSON.stringify(header)}\n`),
    ...sets.map(({ labels }) => Uint8Array.from(labels)),
    ...sets.map(({ images }) => images),
  ];
}

/**
 * The data sets of a file that was compressed.
 *
 * @param name the file's name in messages
 * @throws InkError INK_DATASET_INVALID
 */
export function parseParts(
  kind: PartsFormat,
  file: Uint8Array,
  name: string,
  decompress: Decompress,
): readonly Dataset[] {
  const content = decompressed(file, name, decompress);
  const end = content.indexOf(NEWLINE);
  const { classes, side, ...header } = parseHeader(content.subarray(0, Math.max(0, end)), name);
  if (header.format !== kind.format || Object.keys(header.parts).toSorted().join() !== kind.parts.toSorted().join()) {
    throw invalid(name, `is no file of the format ${kind.format}`);
  }
  const count = kind.parts.reduce((sum, part) => sum + header.parts[part], 0);
  const labels = content.subarray(end + 1, end + 1 + count);
  const images = content.subarray(end + 1 + count);
  const shape = [side, side, 1] as const;
  const size = pictureSize(shape);
  if (images.length !== count * size) throw invalid(name, `does not hold the ${count} pictures that it names`);
  if (labels.some((label) => label >= classes.length)) throw invalid(name, 'has a label without a class');
  const hash = { [name]: sha256(file) };
  let first = 0;
  return kind.parts.map((part): Dataset => {
    const from = first;
    first += header.parts[part];
    return {
      name: `replay ${part}`,
      shape,
      images: new Uint8Array(images.subarray(from * size, first * size)),
      labels: Uint16Array.from(labels.subarray(from, first)),
      classes,
      sha256: hash,
    };
  });
}

function decompressed(file: Uint8Array, name: string, decompress: Decompress): Uint8Array {
  try {
    return decompress(file);
  } catch (cause) {
    throw invalid(name, 'cannot be decompressed', cause);
  }
}

function parseHeader(line: Uint8Array, name: string): z.infer<typeof headerSchema> {
  let value: unknown;
  try {
    value = parseJson(new TextDecoder().decode(line));
  } catch (cause) {
    throw invalid(name, 'does not begin with a line of JSON', cause);
  }
  const parsed = headerSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(name, `is wrong at ${issue.path.join('.')}: ${issue.message}`);
}

const invalid = (name: string, reason: string, cause?: unknown): InkError =>
  new InkError('INK_DATASET_INVALID', `The replay set ${name} ${reason}.`, { cause });
