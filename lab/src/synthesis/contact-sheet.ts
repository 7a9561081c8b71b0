import sharp from 'sharp';
import { isAmbiguous } from './glyphs/ambiguous.js';
import type { PracticeFrame } from './practice-frames.js';

/** Side in pixels of the square for each frame, and the number of frames per row. */
const CELL = 480;
const COLUMNS = 4;

/**
 * A PNG that shows several frames. Boxes of digits are green, boxes of ambiguous characters are orange.
 *
 * @param frames at least one
 */
export async function contactSheet(frames: readonly PracticeFrame[]): Promise<Uint8Array> {
  const cells = await Promise.all(
    frames.map(async (frame, index) => ({
      input: await framed(frame),
      left: (index % COLUMNS) * CELL,
      top: Math.floor(index / COLUMNS) * CELL,
    })),
  );
  const columns = Math.min(COLUMNS, frames.length);
  const rows = Math.ceil(frames.length / COLUMNS);
  return sharp({ create: { width: columns * CELL, height: rows * CELL, channels: 3, background: '#335' } })
    .composite(cells)
    .png()
    .toBuffer();
}

async function framed({ width, height, gray, seen }: PracticeFrame): Promise<Buffer> {
  const scale = (CELL - 4) / Math.max(width, height);
  const boxes = seen.flatMap(({ box, mark }) => {
    const { label } = mark.glyph;
    const colour = /^[0-9]$/.test(label) ? '#0c0' : isAmbiguous(label) ? '#f90' : undefined;
    if (colour === undefined) return [];
    const at = `x="${box.x * scale}" y="${box.y * scale}" width="${box.width * scale}" height="${box.height * scale}"`;
    return [`<rect ${at} fill="none" stroke="${colour}"/>`];
  });
  const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
  const overlay = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}">${boxes.join('')}</svg>`;
  return sharp(gray, { raw: { width, height, channels: 1 } })
    .resize(size.width, size.height, { kernel: scale > 1 ? 'nearest' : 'lanczos3' })
    .toColourspace('srgb')
    .composite([{ input: Buffer.from(overlay) }])
    .png()
    .toBuffer();
}
