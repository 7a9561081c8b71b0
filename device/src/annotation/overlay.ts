import type { DigitOrClass, Reading } from '@inkcast/reader/reading';
import type { Box, Point } from '@inkcast/reader/vision';
import { digitPath } from './digit-strokes.js';

/** What is drawn: a reading, or one from an MQTT message, which has no rejections. */
export type Annotated = Pick<Reading, 'digits'> & Partial<Pick<Reading, 'rejected'>>;

export interface OverlaySize {
  readonly width: number;
  readonly height: number;
}

const DIGIT_COLOUR = '#00a651';
const REJECTED_COLOUR = '#e0660a';
/** Height of a digit's label relative to the longer side of the picture. */
const LABEL = 1 / 36;
/** Width of a letter relative to the same. */
const NAME_WIDTH = 0.75;

/** An SVG picture of boxes: digits with their labels, and rejected candidates with dashed lines. */
export function overlaySvg({ width, height }: OverlaySize, { digits, rejected = [] }: Annotated): string {
  const label = Math.max(8, LABEL * Math.max(width, height));
  const line = Math.max(1, label / 8);
  const frames = [
    ...rejected.map(({ box }) => rectangle(box, REJECTED_COLOUR, line, ` stroke-dasharray="${2 * line}"`)),
    ...digits.map(({ box }) => rectangle(box, DIGIT_COLOUR, line)),
  ];
  const labels = digits.map(({ digit, box }) => labelFor(digit, box, label));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${[...frames, ...labels].join('')}</svg>`;
}

function rectangle({ x, y, width, height }: Box, colour: string, line: number, more = ''): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="none" stroke="${colour}" stroke-width="${line}"${more}/>`;
}

/** The digit on a plate at the box's upper left corner, kept inside the picture for boxes at its edge. */
function labelFor(digit: DigitOrClass, { x, y }: Box, size: number): string {
  if (typeof digit === 'string') return nameFor(digit, { x, y }, size);
  const plate = { width: size, height: 1.5 * size };
  const top = Math.max(0, y - plate.height);
  const scale = size / 2;
  return [
    `<rect x="${x}" y="${top}" width="${plate.width}" height="${plate.height}" fill="${DIGIT_COLOUR}"/>`,
    `<path d="${digitPath(digit)}" fill="none" stroke="white" stroke-width="0.3" stroke-linecap="round"`,
    ` transform="translate(${x + scale / 2} ${top + scale / 2}) scale(${scale})"/>`,
  ].join('');
}

/** The name of another class, in a font of the system. On a machine without fonts the plate stays empty. */
function nameFor(name: string, { x, y }: Point, size: number): string {
  const plate = { width: size * Math.max(1, NAME_WIDTH * [...name].length), height: 1.5 * size };
  const top = Math.max(0, y - plate.height);
  const shown = name.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return [
    `<rect x="${x}" y="${top}" width="${plate.width}" height="${plate.height}" fill="${DIGIT_COLOUR}"/>`,
    `<text x="${x + plate.width / 2}" y="${top + 1.15 * size}" font-family="sans-serif" font-size="${1.2 * size}"`,
    ` text-anchor="middle" fill="white">${shown}</text>`,
  ].join('');
}
