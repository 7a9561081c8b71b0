import type { Reading } from '@inkcast/reader/reading';
import type { Box } from '@inkcast/reader/vision';
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
function labelFor(digit: number, { x, y }: Box, size: number): string {
  const plate = { width: size, height: 1.5 * size };
  const top = Math.max(0, y - plate.height);
  const scale = size / 2;
  return [
    `<rect x="${x}" y="${top}" width="${plate.width}" height="${plate.height}" fill="${DIGIT_COLOUR}"/>`,
    `<path d="${digitPath(digit)}" fill="none" stroke="white" stroke-width="0.3" stroke-linecap="round"`,
    ` transform="translate(${x + scale / 2} ${top + scale / 2}) scale(${scale})"/>`,
  ].join('');
}
