import { z } from 'zod';
import { boxSchema, modelReferenceSchema } from '../messages/index.js';

// What `inkcast read --explain` writes of each picture. Boxes are [x, y, width, height] in pixels of the original picture.

const probabilitySchema = z.number().min(0).max(1);

/** A picture within the text, so that nothing has to be fetched. */
const dataUrlSchema = z.string().regex(/^data:image\/(png|jpeg);base64,[A-Za-z0-9+/]+=*$/, 'a PNG or JPEG as data URL');

const sizeSchema = z.object({ width: z.int().positive(), height: z.int().positive() });

/** How much each place stands out from its paper, on one level of scale. */
const inkSchema = sizeSchema.extend({
  /** Pixels of what was read a pixel of this map. */
  scale: z.number().positive(),
  polarity: z.enum(['dark', 'light']),
  /** Contrast in levels of luma below which there is nothing but noise. */
  x: z.number(),
  y: z.number(),
  /** The more ink, the darker. */
  picture: dataUrlSchema,
});

const candidateSchema = z.object({
  /** Counted from 1. */
  id: z.int().positive(),
  /** `not-asked`: nobody looked at it closely, since what it covers had been explained. */
  outcome: z.enum(['read', 'rejected', 'not-asked']),
  box: boxSchema,
  /** How it was made: a whole piece of ink, one with its faint ends, a join of pieces, a part of one. */
  polarity: z.enum(['dark', 'light']),
  scale: z.number().positive(),
  /** What rejected it; what the rule saw and its limit, where it compares two numbers. */
  rule: z.string().min(1).exactOptional(),
  value: z.number().exactOptional(),
  limit: z.number().exactOptional(),
  /** What the classifier was shown and said, where it was asked. */
  classified: z
    .object({
      /** 28x28 pixels. */
      crop: dataUrlSchema,
      /** Of each label, in the order of `labels`. */
      probabilities: z.array(probabilitySchema),
      digit: z.int().min(0).max(9),
      confidence: probabilitySchema,
    })
    .exactOptional(),
  /** What was measured, by name; lengths and areas are in pixels of what was read. */
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
  /** What was read, in reading order; what was rejected, the likeliest digits first; the others. */
  candidates: z.array(candidateSchema),
  ink: z.array(inkSchema),
  spotter: spotterSchema.exactOptional(),
});

export type Explanation = z.infer<typeof explanationSchema>;
export type ExplainedCandidate = Explanation['candidates'][number];

/** The same as JSON Schema (draft 2020-12). */
export const explanationJsonSchema = (): object => ({
  title: 'inkcast read --explain',
  ...z.toJSONSchema(explanationSchema),
});
