import { z } from 'zod';

/** What one output of a model stands for: a digit, `none` for a crop that holds no digit, or a class of one's own. */
const labelSchema = z.string().min(1);

const quantizedTensorSchema = z.object({
  /** Batch first; `[1, 28, 28, 1]` for the input. */
  shape: z.array(z.int().positive()).min(1),
  dtype: z.enum(['int8', 'uint8']),
  scale: z.number().positive(),
  zeroPoint: z.int().min(-128).max(255),
});

const shareSchema = z.number().min(0).max(1);

/** Figures over the test pictures that `testedOn` names. */
const metricsSchema = z.object({
  accuracy: shareSchema,
  loss: z.number().nonnegative(),
  /** Recall of each label, in the labels' order; null where the test set has none of it. */
  perClass: z.array(shareSchema.nullable()),
  /** Row: true label; column: predicted label. */
  confusion: z.array(z.array(z.int().nonnegative())),
});

/** The pictures that the figures were measured on. */
const testedSchema = z.object({
  /** Where they come from, as recipes name it. */
  data: z.record(z.string(), z.json()),
  /** Share that was held out of each class, where the data has no test pictures of its own. */
  test: shareSchema.optional(),
  name: z.string().min(1),
  pictures: z.int().positive(),
  sha256: z.record(z.string(), z.string()),
});

/** Real values that a quantized input stands for: of a byte of 0, and of one of 255. */
const rangeSchema = z.tuple([z.number(), z.number()]);

export const SPOTTER_SIZES = ['standard', 'small'] as const;

/** A network that looks at whole frames: where a digit has its centre, which it is, and how large. */
const spotterSchema = z.object({
  /** Its .tflite file. */
  file: z.string().min(1),
  /** What the configuration chooses it by. */
  size: z.enum(SPOTTER_SIZES),
  /** `[1, height, width, 1]` of luma. The size of the picture may be changed; this one the file has. */
  input: quantizedTensorSchema.extend({ dtype: z.literal('int8'), range: rangeSchema.default([0, 1]) }),
  /** `[1, height / stride, width / stride, channels]`: the classes first, then what else it says about a place. */
  output: quantizedTensorSchema.extend({ dtype: z.literal('int8') }),
  /** Pixels of the input from one place of the output to the next. */
  stride: z.int().positive(),
  classes: z.int().positive(),
  parameters: z.int().positive(),
  /** For the size of picture that the file has. */
  multiplications: z.int().positive().optional(),
  /** How it was made. */
  recipe: z.record(z.string(), z.json()),
});

const fileSchema = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  size: z.int().positive(),
});

/** `manifest.json` of a model bundle: what the model is, how it was made, and what its files must look like. */
export const manifestSchema = z.object({
  formatVersion: z.literal(1),
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, 'lower-case letters, digits, dots, dashes and underscores'),
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'a version such as 1.0.0'),
  created: z.iso.datetime(),
  architecture: z.string().min(1),
  parameters: z.int().positive(),
  /** Output index to label. */
  labels: z.array(labelSchema).min(2),
  input: quantizedTensorSchema.extend({
    polarity: z.literal('white-on-black'),
    /** Ink from 0 (none) to 1 (full). */
    range: rangeSchema,
  }),
  output: quantizedTensorSchema,
  /** Divides the logits before softmax; 1 where no temperature was fitted. */
  temperature: z.number().positive().default(1),
  /** Of the int8 model over the test pictures, without the temperature and with it; 15 bins. */
  expectedCalibrationError: z.object({ before: shareSchema, after: shareSchema }).optional(),
  metrics: z.object({ float: metricsSchema, int8: metricsSchema }),
  /** Absent in bundles from before it was kept. */
  testedOn: testedSchema.optional(),
  /** What it was trained on. */
  dataset: z.object({ name: z.string().min(1), sha256: z.record(z.string(), z.string()) }),
  recipe: z.record(z.string(), z.json()),
  seed: z.int().nonnegative(),
  /** Absent where the bundle is a classifier alone: the ones that ship are then used with it. */
  spotters: z.array(spotterSchema).optional(),
  /** What decides, by all that is known about a candidate, whether it is a digit. */
  judgement: z.object({ file: z.string().min(1) }).optional(),
  calibration: z.object({ method: z.string().min(1), images: z.int().positive() }),
  /** Versions of what made the bundle: Inkcast, Node, the engine's build. */
  madeWith: z.record(z.string(), z.string()),
  files: z.record(z.string().min(1), fileSchema),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type SpotterDescription = z.infer<typeof spotterSchema>;
export type SpotterSize = SpotterDescription['size'];
export type ModelMetrics = z.infer<typeof metricsSchema>;
