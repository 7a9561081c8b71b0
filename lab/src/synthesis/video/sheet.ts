import type { Random } from '@inkcast/training/random';
import { composeOccasion } from '../compose/demo-scenes.js';
import type { DigitPictures } from '../compose/digit-pictures.js';
import type { PaperKind } from '../compose/papers.js';
import type { PenKind } from '../compose/pens.js';
import { pick } from '../draws.js';
import type { NoiseTile } from '../noise-tile.js';
import { pictureOfMark } from '../picture-of-mark.js';
import { type RenderedScene, renderScene } from '../render/render-scene.js';

/** A sheet with its writing in the picture of a perfect camera: luma, row-major. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly luma: Uint8Array;
}

const STYLES: readonly (readonly [PaperKind, PenKind])[] = [
  ['plain', 'felt'],
  ['plain', 'gel'],
  ['ruled', 'ballpoint'],
  ['grid', 'gel'],
  ['sticky', 'felt'],
  ['recycled', 'marker'],
  ['kraft', 'marker'],
  ['whiteboard', 'board-marker'],
  ['blackboard', 'chalk'],
];

/** Room for a row, in pixels, and for all rows. */
const ROOM = { width: 500, height: 330 };
/** Distances between digits and between rows, relative to the height of a digit. */
const PITCH = { across: 1.1, down: 1.5 };

/** Maximum number of drafts of a sheet. The last draft is always used. */
const MAX_DRAFTS = 20;

/** Whether a digit (28x28 bytes, like MNIST) is legible as the intended one. */
export type IsLegible = (picture: Uint8Array, meant: number) => boolean;

/** Renders a sheet of any style that shows these rows, each digit legible as its pen drew it. */
export function renderSheet(
  rows: readonly string[],
  digits: DigitPictures,
  noise: NoiseTile,
  random: Random,
  isLegible: IsLegible,
): Sheet {
  const [paper, pen] = pick(random, STYLES);
  const longest = Math.max(1, ...rows.map((row) => row.length));
  const most = Math.min(ROOM.width / (longest * PITCH.across), ROOM.height / (Math.max(1, rows.length) * PITCH.down));
  const size = Math.min(most, random.uniform(50, 150));
  const turn = random.uniform(-0.15, 0.15);
  const occasion = { name: '', rows, sizes: [size], paper, pen, tags: [], tier: 'A' as const, turn };
  const draft = (): RenderedScene => {
    const scene = composeOccasion(occasion, digits, random);
    // The noise of the sensor is another one in each frame; it comes later.
    return renderScene({ ...scene, camera: { ...scene.camera, noise: 0 } }, noise);
  };
  let sheet = draft();
  for (let drafts = 1; drafts < MAX_DRAFTS && !isReadable(sheet, isLegible); drafts++) sheet = draft();
  const { width, height, pixels } = sheet;
  const luma = new Uint8Array(width * height);
  // Rec. ITU-R BT.601, as JPEG and cameras do.
  for (let at = 0; at < luma.length; at++) {
    luma[at] = 0.299 * pixels[3 * at] + 0.587 * pixels[3 * at + 1] + 0.114 * pixels[3 * at + 2] + 0.5;
  }
  return { width, height, luma };
}

const isReadable = ({ seen }: RenderedScene, isLegible: IsLegible): boolean =>
  seen.every((mark) => isLegible(pictureOfMark(mark), Number(mark.mark.glyph.label)));
