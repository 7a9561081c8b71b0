import { drawDarkTones, drawTones, gray, type Tones } from '../compose/looks.js';
import { drawLight, drawSheet, photograph } from '../compose/sheet.js';
import { chance, pick } from '../draws.js';
import type { Stroke } from '../scene/scene.js';
import { fillEquation } from './equation.js';
import type { Compose, Fill } from './kind.js';
import { fillRuled } from './ruled.js';
import { fillScatter } from './scatter.js';
import { fillWriting } from './writing.js';

const FILLS: readonly Fill[] = [fillScatter, fillScatter, fillRuled, fillEquation, fillWriting];

/** A blackboard, a whiteboard or a screen: even ground, wiped ink, glare. */
export const composeBoard: Compose = async ({ characters }, random) => {
  const ground = pick(random, ['black', 'white', 'screen'] as const);
  const bright = ground === 'white' || (ground === 'screen' && chance(random, 0.5));
  const tones: Tones = bright ? { ...drawTones(random), paper: gray(random.uniform(195, 250)) } : drawDarkTones(random);
  const sheet = drawSheet(tones, random);
  const { lines: _, ...content } = await pick(random, FILLS)(sheet, characters, random);
  const wiped = ground === 'screen' ? [] : smears(sheet.area, tones, random);
  const stains = ground === 'black' ? random.uniform(2, 9) : random.uniform(0, 2);
  return photograph(sheet, { ...content, strokes: [...wiped, ...content.strokes] }, random, {
    paper: { texture: ground === 'black' ? random.uniform(1, 5) : random.uniform(0, 0.6), stains },
    ...(ground === 'screen'
      ? { lighting: { ...drawLight(random), shadows: [], vignette: random.uniform(0, 0.2) } }
      : {}),
  });
};

/** Traces of wiped writing: wide, faint, crossing strokes. */
function smears(
  area: { left: number; top: number; width: number; height: number },
  tones: Tones,
  random: Parameters<Fill>[2],
): Stroke[] {
  const level = tones.paper[0] + 0.15 * tones.contrast;
  return Array.from({ length: random.integer(6) }, () => {
    const x = area.left + area.width * random.next();
    const y = area.top + area.height * random.next();
    const reach = { x: 0.4 * area.width * random.normal(), y: 0.2 * area.height * random.normal() };
    return {
      points: [
        { x, y },
        { x: x + reach.x, y: y + reach.y },
        { x: x + 0.3 * reach.x, y: y + 1.4 * reach.y },
      ],
      width: random.uniform(6, 45),
      colour: gray(level),
      opacity: random.uniform(0.15, 0.5),
      wobble: random.uniform(2, 8),
    };
  });
}
