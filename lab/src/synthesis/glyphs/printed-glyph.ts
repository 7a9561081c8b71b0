import sharp from 'sharp';
import { distanceTransform } from './distance-transform.js';
import { EM, type Glyph, GRID } from './glyph.js';
import { smooth } from './smooth.js';
import type { Polyline } from './stroke-path.js';
import { thinMask } from './thin-mask.js';
import { traceLines } from './trace-lines.js';

/** Characters with parts below the line, and their lift, so that they fit the grid. */
const HANGING = new Set('gjpqyQ,;()[]{}|/@');
const LIFT = 15;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * A character of an installed font as a shape. A printed character has no pen: `strokeWidth` keeps the width of its strokes.
 *
 * @param style attributes of an SVG text, for bold or italic type
 */
export async function printedGlyph(character: string, family: string, style = ''): Promise<Glyph> {
  const drop = HANGING.has(character) ? LIFT : 0;
  const mask = await printedMask(character, family, style, drop);
  const outside = distanceTransform(mask, GRID);
  const inside = distanceTransform(
    mask.map((value) => 1 - value),
    GRID,
  );
  const half = 0.05 * EM;
  const distances = Float32Array.from(outside, (distance, at) => distance - inside[at] + half);
  return { label: `printed ${character}`, distances: smooth(distances, GRID), strokeWidth: 2 * half, drop };
}

/** The middle lines of a character's strokes in an installed font, on the grid of a glyph. */
export async function printedLines(character: string, family: string): Promise<Polyline[]> {
  return traceLines(thinMask(await printedMask(character, family, '', 0), GRID), GRID);
}

async function printedMask(character: string, family: string, style: string, drop: number): Promise<Uint8Array> {
  const text = ESCAPES[character] ?? character;
  const size = Math.round(EM / 0.73);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${GRID}" height="${GRID}"><text x="${GRID / 2}" y="${(GRID + EM) / 2 - drop}" font-size="${size}" text-anchor="middle" font-family="${family}" ${style}>${text}</text></svg>`;
  const coverage = await sharp(Buffer.from(svg)).ensureAlpha().extractChannel(3).raw().toBuffer();
  return Uint8Array.from(coverage, (level) => (level > 127 ? 1 : 0));
}
