import type { Random } from '@inkcast/training/random';
import type { Desk, Mark, Scene, Shadow } from '../scene/scene.js';
import type { DigitPictures } from './digit-pictures.js';
import { type PaperKind, paper } from './papers.js';
import { type PenKind, pen } from './pens.js';
import { everydayCamera, handheldView, type Pose, roomLight, sideShadow } from './views.js';
import { type Hand, lineWidth, writeLine } from './write-line.js';

const WIDTH = 640;
const HEIGHT = 480;
/** Distance between lines, relative to the height of a digit. */
const LINE_PITCH = 1.45;

/** The description of a sample scene. */
export interface Occasion {
  readonly name: string;
  /** The numbers, from top to bottom; empty for a scene without digits. */
  readonly rows: readonly string[];
  /** Height of a digit in pixels for each row; the last value applies to all further rows. */
  readonly sizes: readonly number[];
  readonly paper: PaperKind;
  readonly pen: PenKind;
  readonly tags: readonly string[];
  readonly tier: 'A' | 'B' | 'C';
  /** Depth of a shadow that falls across. */
  readonly shadow?: number;
  /** Direction of the lines in radians. */
  readonly turn?: number;
  /** Factor on the exposure. */
  readonly exposure?: number;
  /** The page lies on a desk and does not fill the frame. */
  readonly onDesk?: boolean;
}

/** The scenes of the demo, in the order in which they are shown. */
export const DEMO_OCCASIONS: readonly Occasion[] = [
  { name: 'note', rows: ['407'], sizes: [120], paper: 'plain', pen: 'felt', tags: ['pen', 'plain'], tier: 'A' },
  {
    name: 'phone',
    rows: ['0305', '221859'],
    sizes: [64],
    paper: 'ruled',
    pen: 'ballpoint',
    tags: ['pen', 'ruled'],
    tier: 'A',
  },
  {
    name: 'sums',
    rows: ['12', '345', '6789'],
    sizes: [70],
    paper: 'grid',
    pen: 'gel',
    tags: ['pen', 'grid'],
    tier: 'A',
  },
  { name: 'single', rows: ['8'], sizes: [300], paper: 'plain', pen: 'marker', tags: ['marker', 'large'], tier: 'A' },
  {
    name: 'sticky',
    rows: ['2026', '31'],
    sizes: [92],
    paper: 'sticky',
    pen: 'felt',
    tags: ['pen', 'coloured-paper'],
    tier: 'A',
  },
  {
    name: 'meter',
    rows: ['001948'],
    sizes: [72],
    paper: 'recycled',
    pen: 'gel',
    tags: ['pen', 'low-contrast'],
    tier: 'B',
    exposure: 0.7,
  },
  {
    name: 'chalk',
    rows: ['1687', '25'],
    sizes: [96],
    paper: 'blackboard',
    pen: 'chalk',
    tags: ['chalk', 'light-on-dark'],
    tier: 'B',
  },
  {
    name: 'lamp',
    rows: ['50318', '97264'],
    sizes: [66],
    paper: 'plain',
    pen: 'ballpoint',
    tags: ['pen', 'shadow'],
    tier: 'B',
    shadow: 0.38,
  },
  {
    name: 'parcel',
    rows: ['73', '59106'],
    sizes: [110, 62],
    paper: 'kraft',
    pen: 'marker',
    tags: ['marker', 'sizes', 'coloured-paper'],
    tier: 'B',
  },
  {
    name: 'slope',
    rows: ['90215'],
    sizes: [84],
    paper: 'plain',
    pen: 'gel',
    tags: ['pen', 'rotated'],
    tier: 'B',
    turn: -0.21,
  },
  {
    name: 'board',
    rows: ['364', '8120'],
    sizes: [104],
    paper: 'whiteboard',
    pen: 'board-marker',
    tags: ['marker', 'glare'],
    tier: 'A',
  },
  {
    name: 'pencil',
    rows: ['4536', '1902'],
    sizes: [72],
    paper: 'dots',
    pen: 'pencil',
    tags: ['pencil', 'dots'],
    tier: 'B',
  },
  {
    name: 'desk',
    rows: ['615', '28'],
    sizes: [74],
    paper: 'plain',
    pen: 'felt',
    tags: ['pen', 'page', 'scene'],
    tier: 'C',
    onDesk: true,
  },
  {
    name: 'school',
    rows: ['572', '439'],
    sizes: [98],
    paper: 'greenboard',
    pen: 'chalk',
    tags: ['chalk', 'light-on-dark'],
    tier: 'B',
  },
  {
    name: 'list',
    rows: ['3', '6', '9', '0', '8'],
    sizes: [58],
    paper: 'ruled',
    pen: 'gel',
    tags: ['pen', 'column', 'ruled'],
    tier: 'B',
  },
  { name: 'blank', rows: [], sizes: [], paper: 'ruled', pen: 'gel', tags: ['ruled', 'blank'], tier: 'A', shadow: 0.25 },
  {
    name: 'empty-desk',
    rows: [],
    sizes: [],
    paper: 'plain',
    pen: 'gel',
    tags: ['scene', 'blank'],
    tier: 'A',
    onDesk: true,
  },
];

/** Size of a note on a desk, and the margin around the writing if the page fills the frame. */
const NOTE = { width: 330, height: 300 };
const MARGIN = 160;

/** The scene of an occasion, with digits drawn at random. */
export function composeOccasion(occasion: Occasion, digits: DigitPictures, random: Random): Scene {
  const { onDesk = false, exposure = 1, shadow } = occasion;
  const page = onDesk ? NOTE : { width: WIDTH + 2 * MARGIN, height: HEIGHT + 2 * MARGIN };
  const shadows: Shadow[] = shadow === undefined ? [] : [sideShadow(random, shadow)];
  return {
    width: WIDTH,
    height: HEIGHT,
    view: handheldView(page.width, page.height, pose(occasion, random), random),
    page: { ...page, ...paper(occasion.paper, 0.62 * (occasion.sizes[0] ?? 55), random) },
    desk: woodenDesk(random),
    marks: writeRows(occasion, page, digits, random),
    lighting: roomLight(0.6, shadows, random),
    camera: everydayCamera(exposure, random.uniform(0.6, 0.95), random),
    noiseOffset: random.integer(4096),
  };
}

function pose({ onDesk = false, turn = 0 }: Occasion, random: Random): Pose {
  const middle = { x: WIDTH / 2, y: HEIGHT / 2 };
  if (!onDesk) return { centre: middle, scale: 1, turn: turn + random.uniform(-0.03, 0.03), tilt: 0.015 };
  const centre = { x: middle.x + random.uniform(-50, 50), y: middle.y + random.uniform(-25, 25) };
  return { centre, scale: random.uniform(1, 1.15), turn: random.uniform(-0.2, 0.2), tilt: 0.04 };
}

function writeRows(
  occasion: Occasion,
  page: { readonly width: number; readonly height: number },
  digits: DigitPictures,
  random: Random,
): Mark[] {
  const margin = occasion.onDesk === true ? 20 : MARGIN + 20;
  const style = handOf(occasion, random);
  const hands = occasion.rows.map((_, index) => ({ ...style, size: sizeOf(occasion, index) }));
  const indent = random.uniform(0.3, 0.6);
  const pitches = hands.map(({ size }) => LINE_PITCH * size);
  let y = (page.height - pitches.reduce((sum, pitch) => sum + pitch, 0)) / 2;
  return occasion.rows.flatMap((row, index) => {
    const hand = hands[index];
    const glyphs = [...row].map((digit) => digits.draw(Number(digit), random.uniform(0.2, 0.6), random));
    const free = page.width - 2 * margin - lineWidth(glyphs, hand);
    y += pitches[index];
    return writeLine(
      glyphs,
      margin + free * (indent + random.uniform(-0.03, 0.03)),
      y - pitches[index] / 2,
      hand,
      random,
    );
  });
}

function sizeOf({ sizes }: Occasion, row: number): number {
  return sizes[Math.min(row, sizes.length - 1)];
}

function handOf(occasion: Occasion, random: Random): Hand {
  const longest = Math.max(0, ...occasion.rows.map((row) => row.length));
  return {
    pen: pen(occasion.pen, random),
    size: sizeOf(occasion, 0),
    gap: random.uniform(0.28, 0.48) * (longest > 5 ? 0.8 : 1),
    slant: random.uniform(-0.02, 0.16),
    angle: random.uniform(-0.03, 0.03),
    stretch: random.uniform(0.92, 1.08),
    unrest: 0.09,
    bend: random.uniform(0.5, 1.2),
  };
}

function woodenDesk(random: Random): Desk {
  return {
    colour: [124, 88, 58],
    figure: 13,
    along: random.uniform(180, 320),
    across: random.uniform(5, 10),
    angle: random.uniform(-0.15, 0.15),
  };
}
