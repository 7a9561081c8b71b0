import { z } from 'zod';
import { boxSchema, modelReferenceSchema } from '../messages/index.js';

// What `inkcast read --explain` writes of each picture. Boxes are [x, y, width, height] in pixels of the original picture.

const probabilitySchema = z.number().min(0).max(1);

/** A picture within the text, so that nothing has to be fetched. */
const dataUrlSchema = z.string().regex(/^data:image\/(png|jpeg);base64,[A-Za-z0-9+/]+=*$/, 'a PNG or JPEG as data URL');

const sizeSchema = z.object({ width: z.int().positive(), height: z.int().positive() });

/** How much each place around a spot stands out from its paper, on one octave of scale. */
const inkSchema = sizeSchema.extend({
  /** Pixels of what was read a pixel of this map. */
  scale: z.number().positive(),
  /** The more ink, the darker. */
  picture: dataUrlSchema,
});

const candidateSchema = z.object({
  /** Counted from 1. */
  id: z.int().positive(),
  outcome: z.enum(['read', 'rejected']),
  box: boxSchema,
  polarity: z.enum(['dark', 'light']),
  /** Pixels of what was read a pixel of the octave that the ink was looked at on. */
  scale: z.number().positive(),
  /** The digit that it is likeliest, and how likely, by all that is known of it. */
  digit: z.int().min(0).max(9),
  confidence: probabilitySchema,
  /** What rejected it; what the rule saw and its limit, where it compares two numbers. */
  rule: z.enum(['judgement', 'form', 'overlap']).exactOptional(),
  value: z.number().exactOptional(),
  limit: z.number().exactOptional(),
  /** What the classifier was shown, 28x28 pixels. */
  crop: dataUrlSchema,
  /** What it said of each label, in the order of `labels`. */
  probabilities: z.array(probabilitySchema),
  /** What was measured, by name. */
  features: z.record(z.string(), z.number()),
});

/** What a network saw that looks at the whole frame. */
const spotterSchema = z.object({
  /** One for each octave of scale; the likelier a digit has its centre at a place, the darker. */
  heatMaps: z.array(sizeSchema.extend({ scale: z.number().positive(), picture: dataUrlSchema })),
  spots: z.array(z.object({ box: boxSchema, digit: z.int().min(0).max(9), probability: probabilitySchema })),
});

/** How one picture was read. */
export const explanationSchema = z.object({
  file: z.string().min(1),
  model: modelReferenceSchema,
  ...sizeSchema.shape,
  /** Size in pixels of what was read of it: reduced, a region, or a page straightened. */
  view: sizeSchema,
  text: z.string(),
  rows: z.array(z.string()),
  picture: dataUrlSchema,
  labels: z.array(z.string().min(1)),
  /** What was read, in reading order; then what was rejected, the likeliest first. */
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
