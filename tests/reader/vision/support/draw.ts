import type { LumaFrame } from '@inkcast/reader/vision';
import sharp from 'sharp';

export interface Drawing {
  readonly width?: number;
  readonly height?: number;
  readonly paper?: string;
  readonly ink?: string;
  readonly pen?: number;
  /** Of the digit, in its own place. */
  readonly path?: string;
  readonly place?: string;
  /** SVG below and above the digit. */
  readonly behind?: string;
  readonly above?: string;
}

/** Strokes of a 5 in a square of 100 pixels: its body and a separate bar. */
const FIVE = 'M 30 10 L 26 45 Q 70 35 72 65 Q 70 95 30 92 M 40 8 L 74 8';

/** Draws a digit as a camera might see it; by default a 5 whose ink has the box (202, 124, 56, 92). */
export async function draw({ width = 480, height = 360, ...rest }: Drawing): Promise<LumaFrame> {
  const { paper = '#e8e8e8', ink = '#222', pen = 8, path = FIVE } = rest;
  const { place = 'translate(180 120)', behind = '', above = '' } = rest;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="${paper}"/>${behind}
    <path transform="${place}" d="${path}" fill="none" stroke="${ink}" stroke-width="${pen}" stroke-linecap="round"/>${above}</svg>`;
  const gray = await sharp(Buffer.from(svg)).grayscale().raw().toBuffer();
  return { width, height, gray };
}
