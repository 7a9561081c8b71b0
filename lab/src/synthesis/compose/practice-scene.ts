import type { Random } from '@inkcast/training/random';
import { chance, logUniform, pick } from '../draws.js';
import { EM, type Glyph } from '../glyphs/glyph.js';
import type { Camera, Colour, Lighting, Mark, Page, Pen, RuledLines, Scene } from '../scene/scene.js';
import { type Characters, drawManner, type Manner, neatBend } from './characters.js';
import { practiceDesk } from './looks.js';
import { handheldView, roomLight, sideShadow } from './views.js';
import { type Hand, writeLine } from './write-line.js';

/** The content of a line. `mixed` puts signs between digits. */
type LineKind = 'digits' | 'mixed' | 'signs' | 'printed' | 'scribbles';

/**
 * A training scene. It contains everything that a camera may see, and much of it is harder than in reality. Only digits
 * are legible. They have any size that fits the frame, with any pen, on any paper, in any light.
 */
export async function composePractice(characters: Characters, random: Random): Promise<Scene> {
  const width = 16 * (18 + random.integer(26));
  const height = 16 * (14 + random.integer(18));
  const inScene = chance(random, 0.15);
  const page = { width: width * (inScene ? 0.75 : 1.6), height: height * (inScene ? 0.75 : 1.6) };
  const digitHeight = Math.min(0.85 * height, logUniform(random, 15, chance(random, 0.25) ? 400 : 110));
  const look = tones(random);
  return {
    width,
    height,
    view: handheldView(page.width, page.height, practicePose(width, height, inScene, random), random),
    page: { ...page, ...practicePaper(look.paper, digitHeight, random) },
    desk: practiceDesk(random),
    marks: await writePage(page, { width, height }, digitHeight, look.ink, characters, random),
    lighting: practiceLight(random),
    camera: practiceCamera(digitHeight, Math.abs(look.contrast), random),
    noiseOffset: random.integer(65536),
  };
}

function practicePose(width: number, height: number, inScene: boolean, random: Random) {
  const offset = inScene ? 0.12 : 0.05;
  return {
    centre: {
      x: width * (0.5 + random.uniform(-offset, offset)),
      y: height * (0.5 + random.uniform(-offset, offset)),
    },
    scale: 1,
    turn: chance(random, 0.12) ? random.uniform(-0.5, 0.5) : 0.1 * random.normal(),
    tilt: random.uniform(0, inScene ? 0.08 : 0.05),
  };
}

/** Paper and ink: dark on light or light on dark, from hardly visible to full contrast. */
function tones(random: Random): { paper: Colour; ink: Colour; contrast: number } {
  const light = chance(random, 0.2);
  const paperLevel = light ? random.uniform(15, 120) : random.uniform(80, 250);
  const room = light ? 250 - paperLevel : paperLevel - 8;
  const contrast = (light ? 1 : -1) * Math.min(room, logUniform(random, 28, 240));
  const tint = (level: number, spread: number): Colour => [
    level + spread * random.normal(),
    level + spread * random.normal(),
    level + spread * random.normal(),
  ];
  return { paper: tint(paperLevel, 6), ink: tint(paperLevel + contrast, Math.abs(contrast) / 8), contrast };
}

function practicePaper(colour: Colour, digitHeight: number, random: Random): Omit<Page, 'width' | 'height'> {
  const lines: RuledLines[] = [];
  if (chance(random, 0.4)) {
    const kind = pick(random, ['ruled', 'ruled', 'grid', 'dots'] as const);
    const level = colour[0] + random.uniform(-0.6, 0.25) * colour[0];
    lines.push({
      kind,
      spacing: digitHeight * logUniform(random, 0.25, 2.5) + 6,
      width: logUniform(random, 0.7, 3) * (kind === 'dots' ? 1.8 : 1),
      colour: [level, level, level],
      opacity: random.uniform(0.15, 0.8),
      angle: chance(random, 0.25) ? Math.PI / 2 : 0,
      offset: random.uniform(0, 50),
    });
  }
  const rough = chance(random, 0.2);
  return {
    colour,
    texture: rough ? random.uniform(2, 9) : random.uniform(0, 2.5),
    stains: rough ? random.uniform(1, 8) : random.uniform(0, 2),
    lines,
  };
}

function practiceLight(random: Random): Lighting {
  const shadows = chance(random, 0.35) ? [sideShadow(random, random.uniform(0.1, 0.6))] : [];
  if (chance(random, 0.08)) shadows.push(sideShadow(random, random.uniform(0.1, 0.5)));
  return roomLight(random.uniform(0, 1.3), shadows, random);
}

function practiceCamera(digitHeight: number, contrast: number, random: Random): Camera {
  const exposure = random.uniform(0.7, 1.12);
  return {
    blur: chance(random, 0.15) ? digitHeight * random.uniform(0.01, 0.035) + 0.4 : random.uniform(0.3, 1.1),
    motion: chance(random, 0.08) ? random.uniform(1, 0.12 * digitHeight + 1) : 0,
    motionAngle: random.uniform(0, Math.PI),
    noise: random.uniform(0, 2.5) + contrast * random.uniform(0, 0.04),
    noiseSize: chance(random, 0.5) ? 1 : random.uniform(1.2, 2.6),
    gain: [exposure, exposure, exposure],
  };
}

function practicePen(colour: Colour, digitHeight: number, random: Random): Pen {
  const thinnest = Math.max(0.018, 0.9 / digitHeight);
  const share = chance(random, 0.7) ? logUniform(random, 0.05, 0.16) : logUniform(random, thinnest, 0.26);
  const dry = chance(random, 0.2);
  return {
    colour,
    width: EM * Math.max(thinnest, share),
    opacity: random.uniform(0.8, 1),
    feather: random.uniform(0, dry ? 3 : 1.5),
    pressure: chance(random, 0.15) ? random.uniform(0.25, 0.7) : random.uniform(0, 0.25),
    grain: dry ? random.uniform(0.3, 0.9) : random.uniform(0, 0.2),
  };
}

async function writePage(
  page: { readonly width: number; readonly height: number },
  frame: { readonly width: number; readonly height: number },
  digitHeight: number,
  ink: Colour,
  characters: Characters,
  random: Random,
): Promise<Mark[]> {
  const manner = drawManner(random);
  const pen = practicePen(ink, digitHeight, random);
  const base: Omit<Hand, 'size' | 'pen'> = {
    gap: chance(random, 0.12) ? random.uniform(-0.12, 0.05) : logUniform(random, 0.1, 1),
    slant: random.uniform(-0.25, 0.4),
    angle: 0.04 * random.normal(),
    stretch: logUniform(random, 0.58, 1.35),
    unrest: random.uniform(0.02, 0.2),
    bend: manner !== 'free' ? neatBend(random) : random.uniform(0, 3),
  };
  const shown = { width: Math.min(page.width, frame.width), height: Math.min(page.height, frame.height) };
  const left = (page.width - shown.width) / 2;
  const top = (page.height - shown.height) / 2;
  const marks: Mark[] = [];
  for (let y = top + digitHeight * random.uniform(0.55, 1); y < top + shown.height - 0.45 * digitHeight; ) {
    const size = digitHeight * random.uniform(0.8, 1.15);
    const kind = pick<LineKind>(random, [
      'digits',
      'digits',
      'digits',
      'mixed',
      'mixed',
      'signs',
      'printed',
      'scribbles',
    ]);
    const places = Math.max(1, Math.floor((0.9 * shown.width) / (size * (0.7 + Math.max(0, base.gap)))));
    const count = Math.min(places, 1 + random.integer(Math.min(14, places)));
    const glyphs = await lineGlyphs(kind, count, manner, characters, random);
    const hand = { ...base, size, pen: kind === 'printed' ? { ...pen, width: 0.1 * EM, grain: 0, pressure: 0 } : pen };
    const x = left + size * random.uniform(0.1, 0.8) + (places - count) * size * 0.5 * random.next();
    marks.push(...writeLine(glyphs, x, y, hand, random));
    y += size * random.uniform(1.15, 2.2);
  }
  return marks;
}

async function lineGlyphs(
  kind: LineKind,
  count: number,
  manner: Manner,
  from: Characters,
  random: Random,
): Promise<Glyph[]> {
  const glyphs: Glyph[] = [];
  for (let index = 0; index < count; index++) glyphs.push(await lineGlyph(kind, manner, from, random));
  return glyphs;
}

async function lineGlyph(kind: LineKind, manner: Manner, from: Characters, random: Random): Promise<Glyph> {
  switch (kind) {
    case 'digits':
      return from.digit(manner, random);
    case 'mixed':
      return chance(random, 0.6) ? from.digit(manner, random) : from.sign(random);
    case 'signs':
      return from.sign(random);
    case 'printed':
      return from.printed(random);
    case 'scribbles':
      return chance(random, 0.5) ? from.scribble(random) : from.digit(manner, random);
  }
}
