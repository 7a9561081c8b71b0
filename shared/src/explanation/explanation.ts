import { z } from 'zod';
import { boxSchema, digitOrClassSchema, modelReferenceSchema } from '../messages/index.js';

// The file that `inkcast read --explain` writes for each picture. Boxes are [x, y, width, height] in pixels of the
// original picture.

const probabilitySchema = z.number().min(0).max(1);

/** A picture inside the text, so that the page needs no other files. */
const dataUrlSchema = z.string().regex(/^data:image\/(png|jpeg);base64,[A-Za-z0-9+/]+=*$/, 'a PNG or JPEG as data URL');

const sizeSchema = z.object({ width: z.int().positive(), height: z.int().positive() });

/** The contrast of each place around a spot against its paper, on one octave. */
const inkSchema = sizeSchema.extend({
  /** Pixels of the view per pixel of this map. */
  scale: z.number().positive(),
  /** Darker where there is more ink. */
  picture: dataUrlSchema,
});

const candidateSchema = z.object({
  /** Counted from 1. */
  id: z.int().positive(),
  outcome: z.enum(['read', 'rejected']),
  box: boxSchema,
  polarity: z.enum(['dark', 'light']),
  /** Pixels of the view per pixel of the octave on which the ink was examined. */
  scale: z.number().positive(),
  /** Its likeliest digit or other class, with the probability by all features. */
  digit: digitOrClassSchema,
  confidence: probabilitySchema,
  /** The rule that rejected it, with the measured value and the limit if the rule compares two numbers. */
  rule: z.enum(['judgement', 'form', 'overlap', 'classifier']).exactOptional(),
  value: z.number().exactOptional(),
  limit: z.number().exactOptional(),
  /** The classifier's input, 28x28 pixels. */
  crop: dataUrlSchema,
  /** The classifier's output for each label, in the order of `labels`. */
  probabilities: z.array(probabilitySchema),
  /** The measured features, by name. */
  features: z.record(z.string(), z.number()),
});

/** The output of the network that looks at the whole frame; nothing where the model has other classes than digits. */
const spotterSchema = z.object({
  /** One for each octave; darker where a digit's centre is more likely. */
  heatMaps: z.array(sizeSchema.extend({ scale: z.number().positive(), picture: dataUrlSchema })),
  spots: z.array(z.object({ box: boxSchema, digit: z.int().min(0).max(9), probability: probabilitySchema })),
});

/** How one picture was read. */
export const explanationSchema = z.object({
  file: z.string().min(1),
  model: modelReferenceSchema,
  ...sizeSchema.shape,
  /** Size of the view in pixels: the picture reduced, a region of it, or a page straightened. */
  view: sizeSchema,
  text: z.string(),
  rows: z.array(z.string()),
  picture: dataUrlSchema,
  labels: z.array(z.string().min(1)),
  /** In reading order: first the digits that were read, then the rejected ones, the likeliest first. */
  candidates: z.array(candidateSchema),
  ink: z.array(inkSchema),
  spotter: spotterSchema,
});

export type Explanation = z.infer<typeof explanationSchema>;
export type ExplainedCandidate = Explanation['candidates'][number];

/** The same as JSON Schema (draft 2020-12). */
export const explanationJsonSchema = (): object => ({
  title: 'inkcast read --explain',
  ...z.toJSONSchema(explanationSchema),
});
