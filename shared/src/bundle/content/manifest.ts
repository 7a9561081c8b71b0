import * as z from 'zod/mini';
import { gateReportSchema } from '../../teaching/gate-report.js';
import { modelVersionSchema } from './model-version.js';

const nameSchema = z.string().check(z.minLength(1));
const countSchema = z.int().check(z.positive());
const positiveSchema = z.number().check(z.positive());

/** The meaning of one output of a model: a digit, `none` for a crop without a digit, or a custom class. */
const labelSchema = nameSchema;

const quantizedTensorSchema = z.object({
  /** Batch first; `[1, 28, 28, 1]` for the input. */
  shape: z.array(countSchema).check(z.minLength(1)),
  dtype: z.enum(['int8', 'uint8']),
  scale: positiveSchema,
  zeroPoint: z.int().check(z.minimum(-128), z.maximum(255)),
});

const shareSchema = z.number().check(z.minimum(0), z.maximum(1));

/** Metrics on the test pictures that `testedOn` names. */
const metricsSchema = z.object({
  accuracy: shareSchema,
  loss: z.number().check(z.nonnegative()),
  /** Recall of each label, in the labels' order; null if the test set has none of it. */
  perClass: z.array(z.nullable(shareSchema)),
  /** Row: true label; column: predicted label. */
  confusion: z.array(z.array(z.int().check(z.nonnegative()))),
});

/** The pictures that the metrics were measured on. */
const testedSchema = z.object({
  /** Their source, as named in recipes. */
  data: z.record(z.string(), z.json()),
  /** Share of each class that was held out, if the data has no test pictures of its own. */
  test: z.optional(shareSchema),
  name: nameSchema,
  pictures: countSchema,
  sha256: z.record(z.string(), z.string()),
});

/** The real values that a quantized input has for the bytes 0 and 255. */
const rangeSchema = z.tuple([z.number(), z.number()]);

const int8Schema = z.extend(quantizedTensorSchema, { dtype: z.literal('int8') });
/** Luma from black to white. */
const pictureInputSchema = z.extend(int8Schema, { range: z._default(rangeSchema, [0, 1]) });

export const SPOTTER_SIZES = ['standard', 'small'] as const;

/** A network that looks at whole frames and tells the centre, digit and size of each digit. */
const spotterSchema = z.object({
  /** Its .tflite file. */
  file: nameSchema,
  /** The name by which the configuration chooses it. */
  size: z.enum(SPOTTER_SIZES),
  /** `[1, height, width, 1]` of luma. This is the size in the file; pictures may have others. */
  input: pictureInputSchema,
  /** `[1, height / stride, width / stride, channels]`: the classes first, then the numbers of the box. */
  output: int8Schema,
  /** Pixels of the input per position of the output. */
  stride: countSchema,
  classes: countSchema,
  parameters: countSchema,
  /** For the size of picture in the file. */
  multiplications: z.optional(countSchema),
  /** How it was made. */
  recipe: z.record(z.string(), z.json()),
});

const sha256Schema = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** A network that looks at the picture around a candidate and tells handwritten digits from print and from all else. */
const verifierSchema = z.object({
  /** Its .tflite file. */
  file: nameSchema,
  /** `[1, side, side, 1]` of luma. */
  input: pictureInputSchema,
  /** `[1, labels]` of logits. */
  output: int8Schema,
  /** Output index to label: the ten digits, and other classes. */
  labels: z.array(labelSchema).check(z.minLength(2)),
  /** Side of the square that it sees, in longer sides of the candidate's box. */
  window: positiveSchema,
  parameters: countSchema,
  multiplications: z.optional(countSchema),
  /** How it was made. */
  recipe: z.record(z.string(), z.json()),
  /** The files with its float weights and its replay set. Without them it is not taught. */
  learning: z.optional(z.object({ weights: nameSchema, replay: nameSchema })),
});

const fileSchema = z.object({
  sha256: sha256Schema,
  size: countSchema,
});

/** The model and the labels that a taught model was made from. */
const originSchema = z.object({
  kind: z.literal('taught'),
  base: z.object({
    /** `name@version`. */
    reference: nameSchema,
    /** SHA-256 of its float weights' values. */
    weightsSha256: sha256Schema,
  }),
  /** Labels that were learned from, and those that were only checked with. */
  labels: z.int().check(z.nonnegative()),
  heldBack: z.int().check(z.nonnegative()),
  /** SHA-256 of the file of labelled crops. */
  labelsSha256: sha256Schema,
  time: z.iso.datetime(),
  seed: z.int().check(z.nonnegative()),
  report: gateReportSchema,
});

/** The parts of a bundle besides its classifier. A classifier that is made from it goes on with all of them. */
export const bundlePartsSchema = z.object({
  /** Absent if the bundle is only a classifier; the shipped spotters are used with it. */
  spotters: z.optional(z.array(spotterSchema)),
  /** Looks at what the spotters find. */
  verifier: z.optional(verifierSchema),
  /** The judgement, which decides from all features whether a candidate is a digit. */
  judgement: z.optional(z.object({ file: nameSchema })),
  /** Pictures of what it was trained on, for learning more without forgetting. */
  replay: z.optional(z.object({ file: nameSchema })),
});

/** `manifest.json` of a model bundle: what the model is, how it was made, and what its files must contain. */
export const manifestSchema = z.object({
  formatVersion: z.literal(1),
  name: z.string().check(z.regex(/^[a-z0-9][a-z0-9._-]*$/, 'lower-case letters, digits, dots, dashes and underscores')),
  version: modelVersionSchema,
  created: z.iso.datetime(),
  architecture: nameSchema,
  parameters: countSchema,
  /** Output index to label. */
  labels: z.array(labelSchema).check(z.minLength(2)),
  input: z.extend(quantizedTensorSchema, {
    polarity: z.literal('white-on-black'),
    /** Ink from 0 (none) to 1 (full). */
    range: rangeSchema,
  }),
  output: quantizedTensorSchema,
  /** Divides the logits before softmax; 1 if no temperature was fitted. */
  temperature: z._default(positiveSchema, 1),
  /** Of the int8 model on the test pictures, without and with the temperature; 15 bins. */
  expectedCalibrationError: z.optional(z.object({ before: shareSchema, after: shareSchema })),
  metrics: z.object({ float: metricsSchema, int8: metricsSchema }),
  /** Absent in older bundles. */
  testedOn: z.optional(testedSchema),
  /** The data that it was trained on. */
  dataset: z.object({ name: nameSchema, sha256: z.record(z.string(), z.string()) }),
  recipe: z.record(z.string(), z.json()),
  seed: z.int().check(z.nonnegative()),
  ...bundlePartsSchema.shape,
  /** Absent if the model was trained from a recipe. */
  origin: z.optional(originSchema),
  calibration: z.object({ method: nameSchema, images: countSchema }),
  /** Versions of Inkcast, Node and the engine's build that made the bundle. */
  madeWith: z.record(z.string(), z.string()),
  files: z.record(nameSchema, fileSchema),
});

export type BundleParts = z.infer<typeof bundlePartsSchema>;
export type Manifest = z.infer<typeof manifestSchema>;
export type SpotterDescription = z.infer<typeof spotterSchema>;
export type VerifierDescription = z.infer<typeof verifierSchema>;
export type SpotterSize = SpotterDescription['size'];
export type ModelMetrics = z.infer<typeof metricsSchema>;
