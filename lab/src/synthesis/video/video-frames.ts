import type { Dataset } from '@inkcast/training/data';
import { Random } from '@inkcast/training/random';
import { DigitPictures } from '../compose/digit-pictures.js';
import { NoiseTile } from '../noise-tile.js';
import { defocus, develop, drawHand, type Exposure, exposure, laySheet } from './film.js';
import { type IsLegible, renderSheet, type Sheet } from './sheet.js';
import { composeTimeline, type Disturbance, type Showing } from './timeline.js';

/** One frame of a video, and its content. */
export interface VideoFrame {
  readonly width: number;
  readonly height: number;
  readonly gray: Uint8Array;
  /** Milliseconds since the first frame. */
  readonly at: number;
  /** Number of the sheet that is shown or slides into view. */
  readonly showing: number;
  /** Its rows, joined by newlines, also while something hides it. */
  readonly text: string;
  /** `sliding` over the sheet before, `disturbed` by a hand, blur or light, or `steady`. */
  readonly state: 'sliding' | 'disturbed' | 'steady';
}

export interface VideoOptions {
  readonly seed: number;
  readonly seconds: number;
  readonly framesPerSecond: number;
  /** Digits that are not legible are drawn again. Without this function, all digits count as legible. */
  readonly isLegible?: IsLegible;
}

const NOISE_SEED = 20;
/** Minimum distance of a hand from the centre of the frame, in pixels. */
const HAND_REACH = 140;
const MAX_DEFOCUS = 6;
/** Share of sheets for which the camera is held by hand, and its shake in pixels. */
const HELD = 0.4;
const SHAKE = 1.6;

/**
 * A camera's view of a desk with sheets of numbers that slide over each other. Hands pass, the focus is lost and found, the
 * exposure changes, the light drifts, the camera shakes, and the sensor is noisy. Frames are rendered one by one. The same
 * options and digits give the same bytes.
 *
 * @param digits the digits of the numbers
 */
export function* videoFrames(digits: Dataset, options: VideoOptions): Generator<VideoFrame> {
  const { seed, seconds, framesPerSecond, isLegible = () => true } = options;
  const random = new Random(seed);
  const pictures = new DigitPictures(digits);
  const noise = NoiseTile.make(NOISE_SEED);
  const showings = composeTimeline(1000 * seconds, random.fork(0));
  const sheets = new Map<number, Sheet>();
  const sheetOf = (index: number): Sheet => {
    const { rows } = showings[index];
    const sheet = sheets.get(index) ?? renderSheet(rows, pictures, noise, random.fork(index + 1), isLegible);
    sheets.set(index, sheet);
    return sheet;
  };
  let current = 0;
  for (let frame = 0; frame < seconds * framesPerSecond; frame++) {
    const at = (1000 * frame) / framesPerSecond;
    while (showings[current].leaves <= at) current++;
    sheets.delete(current - 2);
    const showing = showings[current];
    const sheet = sheetOf(current);
    const below = current === 0 || at >= showing.lies ? undefined : sheetOf(current - 1);
    const disturbance = showing.disturbances.find(({ begins, ends }) => at >= begins && at < ends);
    const picture = exposure(sheet.width, sheet.height);
    const shake = shakeAt(at, random.fork(10_000 + current));
    lay(picture, sheet, below, showing, at, shake);
    const gain = lightAt(at) * disturb(picture, disturbance, at, noise);
    const grain = 1.5 + 2.5 * random.fork(20_000 + current).next();
    const gray = develop(picture, gain, noise, grain, random.fork(30_000 + frame).integer(1 << 20));
    const state = at < showing.lies ? 'sliding' : disturbance === undefined ? 'steady' : 'disturbed';
    yield {
      width: sheet.width,
      height: sheet.height,
      gray,
      at,
      showing: current,
      text: showing.rows.join('\n'),
      state,
    };
  }
}

interface Shift {
  readonly x: number;
  readonly y: number;
}

function lay(
  picture: Exposure,
  sheet: Sheet,
  below: Sheet | undefined,
  { enters, lies, from }: Showing,
  at: number,
  shake: Shift,
): void {
  if (below === undefined) {
    laySheet(picture, sheet, shake.x, shake.y, 0, false);
    return;
  }
  laySheet(picture, below, shake.x, shake.y, 0, false);
  const share = (at - enters) / (lies - enters);
  // The movement starts and stops gently: half a period of the cosine.
  const place = (Math.cos(Math.PI * share) + 1) / 2;
  const speed = ((Math.PI / 2) * Math.sin(Math.PI * share) * sheet.width) / (lies - enters);
  const side = from === 'left' ? -1 : 1;
  // The shutter is open for 10 ms.
  laySheet(picture, sheet, side * place * sheet.width + shake.x, shake.y, 10 * speed, true);
}

/** The movement of a camera in a hand: slow sway and fast tremor. On a stand there is none. */
function shakeAt(at: number, random: Random): Shift {
  if (random.next() >= HELD) return { x: 0, y: 0 };
  const wave = (): number => {
    const [slow, fast] = [random.uniform(0, 2 * Math.PI), random.uniform(0, 2 * Math.PI)];
    return SHAKE * (0.8 * Math.sin(at / 450 + slow) + 0.4 * Math.sin(at / 53 + fast));
  };
  return { x: wave(), y: wave() };
}

/** A slow drift of the light by a tenth, like passing clouds. */
function lightAt(at: number): number {
  return 1 + 0.1 * Math.sin(at / 7000);
}

/** Applies a disturbance to the picture. Returns its factor for the exposure. */
function disturb(picture: Exposure, disturbance: Disturbance | undefined, at: number, noise: NoiseTile): number {
  if (disturbance === undefined) return 1;
  const { kind, begins, ends, strength } = disturbance;
  const share = (at - begins) / (ends - begins);
  const depth = Math.sin(Math.PI * share);
  if (kind === 'focus') {
    defocus(picture, Math.round(depth * (2 + strength * MAX_DEFOCUS)));
    return 1;
  }
  if (kind === 'hand') {
    const { width, height } = picture;
    const x = -120 + share * (width + 240);
    drawHand(picture, x, height / 2 + HAND_REACH * (1.2 * strength - 0.6) * 2, noise);
    return 1;
  }
  return 1 + depth * (strength < 0.5 ? -0.5 : 0.45);
}
