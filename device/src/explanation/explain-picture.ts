import type { Reading } from '@inkcast/reader/reading';
import type { Box, InkMap, LumaFrame } from '@inkcast/reader/vision';
import type { ExplainedCandidate, Explanation } from '@inkcast/shared/explanation';
import { probabilityOf } from '@inkcast/shared/judgement';
import { DIGIT_SIDE } from '@inkcast/shared/normalization';
import type { Sharp } from 'sharp';
import { openSharp } from '../sharp/index.js';
import type { FrameRecorder, TracedCandidate } from './frame-recorder.js';

/** The data of an explanation. */
export interface ExplainedPicture {
  /** Path of the picture and its name. */
  readonly file: string;
  /** The picture itself, if it is not in a file. */
  readonly luma?: LumaFrame;
  /** Size of the upright picture, and the size to which it was reduced. */
  readonly original: Size;
  readonly reduced: Size;
  /** Size of the view that was read. */
  readonly view: Size;
  readonly model: string;
  readonly labels: readonly string[];
  readonly reading: Pick<Reading, 'text' | 'rows'>;
  /** The recorded steps of the reading. */
  readonly recorded: Pick<FrameRecorder, 'ink' | 'heatMaps' | 'spots' | 'candidates'>;
  /** Converts a box of the view to pixels of the original. */
  readonly place: (box: Box) => readonly [number, number, number, number];
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const JPEG_QUALITY = 82;
/** Ink with this contrast is drawn black, because most ink is much fainter than the strongest. */
const FULL_INK = 96;

/** Explains how a picture was read. All its pictures are inside the text. */
export async function explainPicture(explained: ExplainedPicture): Promise<Explanation> {
  const { file, luma, original, reduced, view, model, labels, reading, recorded, place } = explained;
  const { ink, candidates, heatMaps, spots } = recorded;
  return {
    file,
    model,
    width: original.width,
    height: original.height,
    view: { width: view.width, height: view.height },
    text: reading.text,
    rows: [...reading.rows],
    picture: await wholePicture(
      luma === undefined ? (await openSharp())(file).autoOrient() : await sharpOf(luma),
      reduced,
    ),
    labels: [...labels],
    candidates: await Promise.all(candidates.map((candidate, index) => explainCandidate(candidate, index + 1, place))),
    ink: await inkByScale(ink, view),
    spotter: {
      heatMaps: await Promise.all(
        heatMaps.map(async ({ heat, ...map }) => ({ ...map, picture: await grayPng(heat.map(inverted), map) })),
      ),
      spots: spots.map(({ box, digit, score }) => ({
        box: [...place(box)],
        digit,
        probability: round(probabilityOf(score)),
      })),
    },
  };
}

async function sharpOf({ gray, width, height }: LumaFrame): Promise<Sharp> {
  const sharp = await openSharp();
  return sharp(gray, { raw: { width, height, channels: 1 } });
}

async function wholePicture(upright: Sharp, { width, height }: Size): Promise<string> {
  const jpeg = await upright
    .flatten({ background: '#ffffff' })
    .resize(width, height, { fit: 'fill' })
    .toColourspace('srgb')
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer();
  return `data:image/jpeg;base64,${jpeg.toString('base64')}`;
}

async function explainCandidate(
  { hypothesis, objection, features }: TracedCandidate,
  id: number,
  place: ExplainedPicture['place'],
): Promise<ExplainedCandidate> {
  const { candidate, classification, digit, probability } = hypothesis;
  const { rule, value, limit } = objection ?? {};
  return {
    id,
    outcome: objection === undefined ? 'read' : 'rejected',
    box: [...place(candidate.box)],
    polarity: candidate.polarity,
    scale: candidate.scale,
    digit,
    confidence: round(probability),
    ...(rule === undefined ? {} : { rule }),
    ...(value === undefined ? {} : { value: round(value) }),
    ...(limit === undefined ? {} : { limit: round(limit) }),
    crop: await grayPng(candidate.crop, { width: DIGIT_SIDE, height: DIGIT_SIDE }),
    probabilities: Array.from(classification.probabilities, round),
    features: Object.fromEntries(Object.entries(features).map(([name, feature]) => [name, round(feature)])),
  };
}

/** The ink around all spots, in one picture for each octave. */
async function inkByScale(ink: readonly InkMap[], view: Size) {
  const scales = [...new Set(ink.map(({ scale }) => scale))].sort((a, b) => a - b);
  return Promise.all(
    scales.map(async (scale) => {
      const size = { width: Math.ceil(view.width / scale), height: Math.ceil(view.height / scale) };
      const luma = new Uint8Array(size.width * size.height);
      for (const map of ink.filter((other) => other.scale === scale)) {
        map.contrast.forEach((value, at) => {
          const place = (map.y + Math.floor(at / map.width)) * size.width + map.x + (at % map.width);
          luma[place] = Math.max(luma[place], value);
        });
      }
      const picture = await grayPng(
        luma.map((value) => Math.max(0, 255 - (255 * value) / FULL_INK)),
        size,
      );
      return { scale, ...size, picture };
    }),
  );
}

const inverted = (value: number): number => 255 - value;

/** @param bytes one per pixel, row-major */
async function grayPng(bytes: Uint8Array, { width, height }: Size): Promise<string> {
  const sharp = await openSharp();
  const png = await sharp(bytes, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
  return `data:image/png;base64,${png.toString('base64')}`;
}

const round = (value: number): number => Number(value.toFixed(4));
