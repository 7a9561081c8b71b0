import type { ExplainedCandidate, Explanation } from '@inkcast/shared/explanation';
import { DIGIT_SIDE } from '@inkcast/shared/normalization';
import sharp from 'sharp';
import type { FrameTrace, Reading, TracedCandidate } from '../reading/index.js';
import type { Box, InkMap } from '../vision/index.js';

/** What is explained. */
export interface ExplainedPicture {
  /** Path of the picture, and what it is called. */
  readonly file: string;
  /** Its size, turned upright, and the size to which it was reduced. */
  readonly original: Size;
  readonly reduced: Size;
  /** Size of what was read of it. */
  readonly view: Size;
  readonly model: string;
  readonly labels: readonly string[];
  readonly reading: Pick<Reading, 'text' | 'rows'>;
  readonly trace: FrameTrace;
  /** Where a box of the view lies in the original. */
  readonly place: (box: Box) => readonly [number, number, number, number];
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const JPEG_QUALITY = 82;
/** Ink this far from the paper is drawn black: most of it is fainter than the strongest by far. */
const FULL_INK = 96;

/** How a picture was read, with all pictures of it in the text. */
export async function explainPicture(explained: ExplainedPicture): Promise<Explanation> {
  const { file, original, reduced, view, model, labels, reading, trace, place } = explained;
  const { ink, candidates, heatMaps, spots } = trace;
  return {
    file,
    model,
    width: original.width,
    height: original.height,
    view: { width: view.width, height: view.height },
    text: reading.text,
    rows: [...reading.rows],
    picture: await wholePicture(file, reduced),
    labels: [...labels],
    candidates: await Promise.all(candidates.map((candidate, index) => explainCandidate(candidate, index + 1, place))),
    ink: await Promise.all(ink.map(explainInk)),
    ...(heatMaps.length === 0 && spots.length === 0
      ? {}
      : {
          spotter: {
            heatMaps: await Promise.all(
              heatMaps.map(async ({ heat, ...map }) => ({ ...map, picture: await grayPng(heat.map(inverted), map) })),
            ),
            spots: spots.map(({ box, digit, probability }) => ({
              box: [...place(box)],
              digit,
              probability: round(probability),
            })),
          },
        }),
  };
}

async function wholePicture(file: string, { width, height }: Size): Promise<string> {
  const jpeg = await sharp(file)
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .resize(width, height, { fit: 'fill' })
    .toColourspace('srgb')
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer();
  return `data:image/jpeg;base64,${jpeg.toString('base64')}`;
}

async function explainCandidate(
  { box, polarity, scale, outcome, rule, value, limit, classified, features }: TracedCandidate,
  id: number,
  place: ExplainedPicture['place'],
): Promise<ExplainedCandidate> {
  return {
    id,
    outcome,
    box: [...place(box)],
    polarity,
    scale,
    ...(rule === undefined ? {} : { rule }),
    ...(value === undefined ? {} : { value: round(value) }),
    ...(limit === undefined ? {} : { limit: round(limit) }),
    ...(classified === undefined
      ? {}
      : {
          classified: {
            crop: await grayPng(classified.crop, { width: DIGIT_SIDE, height: DIGIT_SIDE }),
            probabilities: classified.probabilities.map(round),
            digit: classified.digit,
            confidence: round(classified.digitConfidence),
          },
        }),
    features: Object.fromEntries(Object.entries(features).map(([name, feature]) => [name, round(feature)])),
  };
}

async function explainInk({ scale, polarity, x, y, width, height, contrast }: InkMap) {
  const picture = await grayPng(
    contrast.map((level) => Math.max(0, 255 - (255 * level) / FULL_INK)),
    { width, height },
  );
  return { scale, polarity, x, y, width, height, picture };
}

const inverted = (level: number): number => 255 - level;

/** @param bytes one a pixel, row-major */
async function grayPng(bytes: Uint8Array, { width, height }: Size): Promise<string> {
  const png = await sharp(bytes, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
  return `data:image/png;base64,${png.toString('base64')}`;
}

const round = (value: number): number => Number(value.toFixed(4));
