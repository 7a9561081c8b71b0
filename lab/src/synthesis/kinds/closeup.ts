import type { Random } from '@inkcast/training/random';
import { drawPen, drawRuling, drawTones, gray, practiceDesk, type Tones } from '../compose/looks.js';
import { drawLight, drawSpecks } from '../compose/sheet.js';
import { handheldView } from '../compose/views.js';
import { Writer } from '../compose/writer.js';
import { chance, logUniform, pick } from '../draws.js';
import { EM } from '../glyphs/glyph.js';
import { LETTERS } from '../glyphs/letters.js';
import type { Camera, Lighting } from '../scene/scene.js';
import type { Compose } from './kind.js';

/** Share of frames with a letter or a sign instead of a digit, and of frames without a character. */
const SIGNS = 0.15;
const EMPTY = 0.08;

/** Share of frames that are cropped to the shape of the digit, and of frames with space around the digit. */
const CUT_TO_SHAPE = 0.3;
const ROOMY = 0.2;

/** One digit that fills most of a small frame, or slightly more, as in the picture of a cheap camera near the digit. */
export const composeCloseup: Compose = async ({ characters }, random) => {
  const across = chance(random, 0.75) ? 8 * (8 + random.integer(18)) : 16 * (13 + random.integer(18));
  const height = 8 * Math.round((across * (chance(random, 0.5) ? 1 : random.uniform(0.65, 1.3))) / 8);
  const tones = drawTones(random);
  const size = drawShare(random) * height;
  const pen = drawPen(tones.ink, size, random);
  // A normal pen is thin compared with such a large digit.
  const thin = EM * Math.max(1.2 / size, logUniform(random, 0.012, 0.07));
  const writer = new Writer(characters, chance(random, 0.5) ? { ...pen, width: thin } : pen, random);
  const label = chance(random, SIGNS) ? pick(random, Object.keys(LETTERS)) : String(random.integer(10));
  const wide = writer.width([label], size, random);
  const width = chance(random, CUT_TO_SHAPE) ? cutToShape(wide, size, random) : across;
  const page = { width: 3 * width, height: 3 * height };
  const view = handheldView(
    page.width,
    page.height,
    { centre: { x: width / 2, y: height / 2 }, scale: 1, turn: 0.08 * random.normal(), tilt: 0.02 },
    random,
  );
  // Wide signs are smaller, so that they fit the frame.
  const fitted = Math.min(1, (random.uniform(0.8, 1.05) * width) / wide);
  const x = page.width / 2 - (fitted * wide) / 2 + 0.3 * (width - fitted * wide) * random.uniform(-1, 1);
  const y = page.height / 2 + 0.4 * (height - fitted * size) * random.uniform(-1, 1);
  const marks = chance(random, EMPTY) ? [] : writer.line([label], x, y, fitted * size, random);
  const spacing = height * logUniform(random, 0.06, 0.4);
  return {
    width,
    height,
    view,
    page: {
      ...page,
      colour: tones.paper,
      texture: random.uniform(0, 3),
      stains: random.uniform(0, 2),
      strokes: drawSpecks({ area: { left: width, top: height, width, height }, tones }, random),
      lines: chance(random, 0.35) ? drawRuling(tones, spacing, random) : [],
    },
    desk: practiceDesk(random),
    marks,
    lighting: vignetted(random),
    camera: smallCamera(tones, random),
    noiseOffset: random.integer(65536),
  };
};

/** Height of the digit, relative to the frame. */
function drawShare(random: Random): number {
  if (chance(random, 0.12)) return random.uniform(1, 1.08);
  return chance(random, ROOMY) ? random.uniform(0.3, 0.55) : random.uniform(0.55, 1);
}

/** Width of a frame that leaves little space around a digit of this size: narrow for a 1. */
function cutToShape(wide: number, high: number, random: Random): number {
  return 8 * Math.ceil((wide + high * random.uniform(0.1, 0.7)) / 8);
}

/** Light with dark corners, as behind a wide lens, and the shadow of the near camera. */
function vignetted(random: Random): Lighting {
  return { ...drawLight(random), vignette: random.uniform(0, 0.9), slopeX: random.uniform(-0.3, 0.3) };
}

/** A small sensor with a simple lens. */
function smallCamera({ contrast }: Tones, random: Random): Camera {
  return {
    blur: random.uniform(0.3, 1.3),
    motion: 0,
    motionAngle: 0,
    noise: random.uniform(0.5, 4) + Math.abs(contrast) * random.uniform(0, 0.05),
    noiseSize: chance(random, 0.5) ? 1 : random.uniform(1.2, 2),
    gain: gray(random.uniform(0.55, 1.05)),
  };
}
