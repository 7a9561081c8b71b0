import { drawDesk } from '../compose/desk.js';
import { drawTones, type Tones } from '../compose/looks.js';
import { drawFrame, photograph, type Sheet } from '../compose/sheet.js';
import { handheldView } from '../compose/views.js';
import { chance, pick } from '../draws.js';
import { fillEquation } from './equation.js';
import { fillForm } from './form.js';
import type { Compose, Fill } from './kind.js';
import { fillPrint } from './print.js';
import { fillRuled } from './ruled.js';
import { fillScatter } from './scatter.js';
import { fillTable } from './table.js';
import { fillWriting } from './writing.js';

const FILLS: readonly Fill[] = [
  ...[fillRuled, fillRuled, fillScatter, fillScatter, fillTable, fillTable],
  ...[fillForm, fillEquation, fillWriting, fillPrint],
];
/** Maximum rotation of a sheet in radians: 45 degrees. */
const MAX_TURN_RADIANS = Math.PI / 4;

/** A rotated and tilted sheet with small writing among other objects. */
export const composeScene: Compose = async ({ characters, noise }, random) => {
  const sheet = layTurned(drawTones(random), random);
  const desk = drawDesk(sheet.frame.width, sheet.frame.height, noise, random);
  return photograph(sheet, await pick(random, FILLS)(sheet, characters, random), random, { desk });
};

/** A sheet that covers a part of the frame, at a random place. */
export function layTurned(tones: Tones, random: Parameters<Fill>[2]): Sheet {
  const frame = drawFrame(random);
  const { width, height } = frame;
  const long = Math.max(width, height) * random.uniform(0.45, 1);
  const short = long * random.uniform(0.5, 0.9);
  const page = chance(random, 0.5) ? { width: long, height: short } : { width: short, height: long };
  const turn = chance(random, 0.5) ? random.uniform(-MAX_TURN_RADIANS, MAX_TURN_RADIANS) : 0.15 * random.normal();
  const centre = { x: width * (0.5 + 0.1 * random.normal()), y: height * (0.5 + 0.1 * random.normal()) };
  const view = handheldView(page.width, page.height, { centre, scale: 1, turn, tilt: random.uniform(0, 0.1) }, random);
  const area = {
    left: 0.04 * page.width,
    top: 0.04 * page.height,
    width: 0.92 * page.width,
    height: 0.92 * page.height,
  };
  return { frame, page, area, view, tones };
}
