import type { Random } from '@inkcast/training/random';
import { chance, logUniform } from '../draws.js';
import type { Homography } from '../scene/homography.js';
import type { Camera, Desk, Lighting, Mark, Page, RuledLines, Scene, Stroke } from '../scene/scene.js';
import { gray, practiceDesk, type Tones } from './looks.js';
import { handheldView, roomLight, sideShadow } from './views.js';

export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A blank sheet in front of a camera. Lengths are in page units, which are pixels if the sheet is not tilted. */
export interface Sheet {
  readonly frame: { readonly width: number; readonly height: number };
  readonly page: { readonly width: number; readonly height: number };
  /** The part of the page that is in view and can be filled. */
  readonly area: Area;
  readonly view: Homography;
  readonly tones: Tones;
}

/** The content of a sheet. */
export interface Content {
  readonly marks: readonly Mark[];
  readonly strokes: readonly Stroke[];
  readonly lines?: readonly RuledLines[];
}

/** Chance that an edge of the page is in view. */
const EDGE = 0.3;

/** A frame's size in pixels: multiples of 16, as cameras have. */
export function drawFrame(random: Random): { readonly width: number; readonly height: number } {
  const width = 16 * (20 + random.integer(25));
  const share = chance(random, 0.25) ? random.uniform(1, 1.5) : random.uniform(0.4, 0.85);
  const height = 16 * Math.round(Math.min(640, Math.max(160, width * share)) / 16);
  return { width, height };
}

/** A sheet that fills most of the frame, seen from a camera that is held by hand. */
export function drawSheet(tones: Tones, random: Random, frame = drawFrame(random)): Sheet {
  const { width, height } = frame;
  const edge = chance(random, EDGE);
  const page = edge
    ? { width: width * random.uniform(0.8, 1.3), height: height * random.uniform(0.8, 1.3) }
    : { width: 1.5 * width, height: 1.5 * height };
  const stray = edge ? 0.12 : 0.02;
  const centre = {
    x: width * (0.5 + random.uniform(-stray, stray)),
    y: height * (0.5 + random.uniform(-stray, stray)),
  };
  const turn = chance(random, 0.15) ? random.uniform(-0.35, 0.35) : 0.05 * random.normal();
  const view = handheldView(page.width, page.height, { centre, scale: 1, turn, tilt: random.uniform(0, 0.05) }, random);
  const left = Math.max(0.02 * page.width, page.width / 2 - centre.x + 0.01 * width);
  const top = Math.max(0.02 * page.height, page.height / 2 - centre.y + 0.01 * height);
  const right = Math.min(0.98 * page.width, page.width / 2 - centre.x + 0.99 * width);
  const bottom = Math.min(0.98 * page.height, page.height / 2 - centre.y + 0.99 * height);
  return { frame, page, area: { left, top, width: right - left, height: bottom - top }, view, tones };
}

/** The camera and light of a kind that needs its own. */
export interface Taking {
  readonly desk?: Desk;
  readonly lighting?: Lighting;
  readonly camera?: Camera;
  readonly paper?: Partial<Page>;
}

/** Share of good pictures: even light, bright and sharp, like most pictures that people keep. */
const WELL_TAKEN = 0.5;

/** The scene of a sheet with its content. Half of the scenes have any light and camera, the other half are good pictures. */
export function photograph(sheet: Sheet, content: Content, random: Random, taking: Taking = {}): Scene {
  const { frame, page, view, tones } = sheet;
  // Nobody writes beyond the page.
  const marks = content.marks.filter(({ x, y }) => x >= 0 && y >= 0 && x <= page.width && y <= page.height);
  const isWellTaken = chance(random, WELL_TAKEN);
  const size = typicalSize(marks);
  return {
    ...frame,
    view,
    page: {
      ...page,
      colour: tones.paper,
      texture: chance(random, 0.15) ? random.uniform(2, 7) : random.uniform(0, 2),
      stains: chance(random, 0.15) ? random.uniform(1, 6) : random.uniform(0, 1.5),
      lines: content.lines ?? [],
      strokes: [...content.strokes, ...drawSpecks(sheet, random)],
      ...taking.paper,
    },
    desk: taking.desk ?? practiceDesk(random),
    marks,
    lighting: taking.lighting ?? (isWellTaken ? roomLight(random.uniform(0, 0.5), [], random) : drawLight(random)),
    camera: taking.camera ?? (isWellTaken ? goodCamera(tones, size, random) : drawCamera(tones, size, random)),
    noiseOffset: random.integer(65536),
  };
}

/** Probability of dirt on a sheet, and its maximum amount. */
const DIRTY = 0.2;
const MAX_SPECKS = 8;

/** Dust, hairs and slips of the pen. */
export function drawSpecks({ area, tones }: Pick<Sheet, 'area' | 'tones'>, random: Random): Stroke[] {
  if (!chance(random, DIRTY)) return [];
  return Array.from({ length: 1 + random.integer(MAX_SPECKS) }, () => {
    const from = { x: area.left + area.width * random.next(), y: area.top + area.height * random.next() };
    const length = logUniform(random, 1, chance(random, 0.2) ? 60 : 6);
    const to = { x: from.x + length * random.normal(), y: from.y + length * random.normal() };
    const wobble = length > 12 ? 0.2 * length : 0;
    return {
      points: [from, to],
      width: random.uniform(0.8, 2.2),
      colour: tones.ink,
      opacity: random.uniform(0.3, 1),
      wobble,
    };
  });
}

/** Light from a window or a lamp, the shadows of hands and phones, sharp or soft. */
export function drawLight(random: Random): Lighting {
  const count = chance(random, 0.4) ? 1 + random.integer(2) : 0;
  const shadows = Array.from({ length: count }, () => ({
    ...sideShadow(random, logUniform(random, 0.1, 0.65)),
    softness: logUniform(random, 2, 120),
  }));
  return roomLight(random.uniform(0, 1.4), shadows, random);
}

/** Maximum level of paper in direct light, before the unevenness of the light. */
const MAX_PAPER_LUMA = 245;
/** Maximum blur relative to the height of a digit that keeps its shape. */
const MAX_BLUR_SHARE = 0.06;

/** @param size height of most characters in pixels; small or faint characters get little blur and noise */
function drawCamera({ paper, contrast }: Tones, size: number, random: Random): Camera {
  const exposure = chance(random, 0.15) ? random.uniform(0.4, 0.75) : random.uniform(0.75, 1.15);
  const blur = chance(random, 0.2) ? random.uniform(1, 1.9) : random.uniform(0.3, 1);
  const grain = chance(random, 0.2) ? random.uniform(0, 0.08) : random.uniform(0, 0.03);
  return {
    blur: Math.min(blur, 0.2 + MAX_BLUR_SHARE * size),
    motion: chance(random, 0.06) ? Math.min(random.uniform(1, 4), 2 * MAX_BLUR_SHARE * size) : 0,
    motionAngle: random.uniform(0, Math.PI),
    noise: random.uniform(0, 2) + Math.abs(contrast) * grain,
    noiseSize: chance(random, 0.5) ? 1 : random.uniform(1.2, 2.6),
    gain: gray(Math.min(exposure, MAX_PAPER_LUMA / paper[0])),
  };
}

/** A camera with the right exposure for the paper, in focus, with little noise. @param size as in `drawCamera` */
function goodCamera({ paper, contrast }: Tones, size: number, random: Random): Camera {
  const gain = contrast < 0 ? random.uniform(175, MAX_PAPER_LUMA) / paper[0] : random.uniform(0.9, 1.15);
  return {
    blur: Math.min(random.uniform(0.3, 0.85), 0.2 + MAX_BLUR_SHARE * size),
    motion: 0,
    motionAngle: 0,
    noise: random.uniform(0, 1.5),
    noiseSize: chance(random, 0.5) ? 1 : random.uniform(1.2, 2.6),
    gain: gray(gain),
    isFaithful: true,
  };
}

/** Median height of the marks, or a random one without marks. */
function typicalSize(marks: readonly Mark[]): number {
  const sizes = marks.map(({ size }) => size).sort((a, b) => a - b);
  return sizes[Math.floor(sizes.length / 2)] ?? 100;
}
