import { drawDesk } from '../compose/desk.js';
import { drawRuling, drawTones } from '../compose/looks.js';
import { drawSheet, photograph } from '../compose/sheet.js';
import { chance, logUniform } from '../draws.js';
import type { Compose } from './kind.js';
import { layTurned } from './scene.js';

/** Objects and an empty sheet, plain or ruled, without writing. */
export const composeClutter: Compose = async ({ noise }, random) => {
  const tones = drawTones(random);
  const sheet = chance(random, 0.7) ? layTurned(tones, random) : drawSheet(tones, random);
  const desk = drawDesk(sheet.frame.width, sheet.frame.height, noise, random);
  const lines = chance(random, 0.4) ? drawRuling(tones, logUniform(random, 8, 80), random) : [];
  return photograph(sheet, { marks: [], strokes: [], lines }, random, { desk });
};
