import { WORKING_SIDE } from '@inkcast/device/camera';
import type { LumaFrame } from '@inkcast/reader/vision';
import type { Random } from '@inkcast/training/random';
import sharp, { type Sharp } from 'sharp';
import { cornersShown, turned } from './warp.js';

/** Creates an altered copy of a picture. */
type Alteration = (picture: LumaFrame, random: Random) => LumaFrame | Promise<LumaFrame>;

const BLUR_SIGMA_PX = 1.2;
const NOISE_SIGMA_LEVELS = 8;
const JPEG_QUALITY = 30;
const TURN_DEGREES = 3;
/** Maximum movement of a corner, as a share of the picture's sides. */
const MAX_CORNER_SHIFT = 0.08;

/**
 * The twelve altered copies that measure stability, by name. They simulate another place of the camera or another camera.
 * Their strengths define the measure, in pixels and levels of luma of the scaled picture.
 */
export const ALTERATIONS: Readonly<Record<string, Alteration>> = {
  'half the size': (picture) => scaled(picture, 0.5),
  'size 0.7': (picture) => scaled(picture, 0.7),
  'size 1.4': (picture) => scaled(picture, 1.4),
  'twice the size': (picture) => scaled(picture, 2),
  perspective: (picture, random) => {
    const shift = (): number => random.uniform(-MAX_CORNER_SHIFT, MAX_CORNER_SHIFT);
    const corner = (x: number, y: number) => ({ x: (x + shift()) * picture.width, y: (y + shift()) * picture.height });
    return cornersShown(picture, [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)]);
  },
  'less exposure': (picture) => withLevels(picture, (level) => 0.6 * level),
  'more exposure': (picture) => withLevels(picture, (level) => 1.3 * level),
  blur: (picture) => decoded(imageOf(picture).blur(BLUR_SIGMA_PX)),
  noise: (picture, random) => withLevels(picture, (level) => level + NOISE_SIGMA_LEVELS * random.normal()),
  'JPEG quality 30': async (picture) =>
    decoded(sharp(await imageOf(picture).jpeg({ quality: JPEG_QUALITY }).toBuffer())),
  'turned right': (picture) => turned(picture, TURN_DEGREES),
  'turned left': (picture) => turned(picture, -TURN_DEGREES),
};

/** Limits a size to the maximum size of decoded pictures. */
function scaled(picture: LumaFrame, wanted: number): Promise<LumaFrame> {
  const { width, height } = picture;
  const factor = Math.min(wanted, WORKING_SIDE / Math.max(width, height));
  const [columns, rows] = [width, height].map((side) => Math.max(1, Math.round(factor * side)));
  return decoded(imageOf(picture).resize(columns, rows, { fit: 'fill' }));
}

function withLevels({ width, height, gray }: LumaFrame, change: (level: number) => number): LumaFrame {
  return { width, height, gray: new Uint8Array(Uint8ClampedArray.from(gray, change).buffer) };
}

const imageOf = ({ width, height, gray }: LumaFrame): Sharp => sharp(gray, { raw: { width, height, channels: 1 } });

async function decoded(image: Sharp): Promise<LumaFrame> {
  const { data, info } = await image.grayscale().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, gray: new Uint8Array(data) };
}
