import { z } from 'zod';
import { InkError } from '../errors/index.js';
import { DIGIT_SIDE } from '../normalization/index.js';
import { parseJson } from '../plain-data/portable/index.js';
import { classesSchema, classNameSchema } from './class-name.js';

const PIXELS = DIGIT_SIDE * DIGIT_SIDE;

const aroundSchema = z.strictObject({ window: z.number().positive(), pixels: z.base64() });

const headerSchema = z.strictObject({
  format: z.literal('inkcast-labelled-crops'),
  version: z.literal(1),
  classes: classesSchema,
  count: z.int().nonnegative(),
});

const lineSchema = z.strictObject({
  id: z.string().min(1).max(64),
  label: classNameSchema,
  heldBack: z.boolean(),
  confirmed: z.boolean(),
  pixels: z.base64(),
  around: aroundSchema.optional(),
});

/** What is around a crop in the frame, as a verifier sees it. */
export interface Around {
  /** Side of the square that it shows, in longer sides of the box of the ink. */
  readonly window: number;
  /** Luma of that square, row-major, with as many rows as columns: its exposure is normalised, and ink is dark. */
  readonly pixels: Uint8Array;
}

/** A crop with the label that a person gave it. */
export interface LabelledCrop {
  readonly id: string;
  readonly label: string;
  /** It is not learned from, only checked with. */
  readonly heldBack: boolean;
  /** The person gave the same label a second time, after the model had contradicted it. */
  readonly confirmed: boolean;
  /** 28x28 bytes of ink, row-major: 0 none, 255 full; exactly what the classifier sees. */
  readonly pixels: Uint8Array;
  /** Absent for a crop that comes from elsewhere than a frame. */
  readonly around?: Around;
}

export interface LabelledCrops {
  /** Every label is one of them. */
  readonly classes: readonly string[];
  readonly crops: readonly LabelledCrop[];
}

/**
 * The file from which a learning process reads its crops: JSON Lines. The first line has the classes and the number of
 * crops, each further line one crop, with its pixels in base64.
 */
export function encodeLabelledCrops({ classes, crops }: LabelledCrops): string {
  const header: z.infer<typeof headerSchema> = {
    format: 'inkcast-labelled-crops',
    version: 1,
    classes: [...classes],
    count: crops.length,
  };
  const lines = crops.map(
    ({ pixels, around, ...known }): z.infer<typeof lineSchema> => ({
      ...known,
      pixels: base64(pixels),
      ...(around === undefined ? {} : { around: { window: around.window, pixels: base64(around.pixels) } }),
    }),
  );
  return [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/**
 * The inverse of `encodeLabelledCrops`.
 *
 * @param name the file's name in messages
 * @throws InkError INK_DATASET_INVALID naming the line
 */
export function parseLabelledCrops(text: string, name: string): LabelledCrops {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const [first = '', ...rest] = lines;
  const { classes, count } = parseLine(headerSchema, first, 1, name);
  if (rest.length !== count) throw invalid(name, `has ${rest.length} crops and must have ${count}`);
  const crops = rest.map((line, index): LabelledCrop => {
    const { pixels, around, ...crop } = parseLine(lineSchema, line, index + 2, name);
    const bytes = bytesOf(pixels);
    const where = `in line ${index + 2}`;
    if (bytes.length !== PIXELS) throw invalid(name, `has ${bytes.length} pixels and not ${PIXELS} ${where}`);
    if (!classes.includes(crop.label)) throw invalid(name, `has the label "${crop.label}", no class of it, ${where}`);
    if (around === undefined) return { ...crop, pixels: bytes };
    const luma = bytesOf(around.pixels);
    if (!Number.isInteger(Math.sqrt(luma.length))) throw invalid(name, `has no square picture around a crop ${where}`);
    return { ...crop, pixels: bytes, around: { window: around.window, pixels: luma } };
  });
  return { classes, crops };
}

/** By what Node.js and browsers both have. */
const base64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

const bytesOf = (text: string): Uint8Array => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

function parseLine<T>(schema: z.ZodType<T>, line: string, number: number, name: string): T {
  let value: unknown;
  try {
    value = parseJson(line);
  } catch (cause) {
    throw invalid(name, `has no JSON in line ${number}`, cause);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(name, `is wrong in line ${number} at ${issue.path.join('.') || 'the whole'}: ${issue.message}`);
}

const invalid = (name: string, reason: string, cause?: unknown): InkError =>
  new InkError('INK_DATASET_INVALID', `${name} ${reason}.`, { cause });
