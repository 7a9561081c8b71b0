import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodePicture } from '@inkcast/device/camera';
import { openReadingEngine } from '@inkcast/device/daemon';
import { openCheckedBundle } from '@inkcast/device/inference';
import type { ReadDigit } from '@inkcast/reader/reading';
import sharp from 'sharp';

const path = (name: string) => fileURLToPath(new URL(`../../../${name}`, import.meta.url));

/** The digits of the page. All are different, so that each missing digit gives another text. */
const SHOWN = [3, 4, 5, 6, 7, 8];
const CELL = 40;
const MARGIN = 16;

/**
 * Makes pictures of one row of digits, in each of which another one is missing. A daemon that is shown them by turns,
 * as fast as it reads, says something new at every frame: one digit has just gone, and one that came back earlier has
 * been seen for long enough.
 */
export async function drawChangingPage(folder: string): Promise<void> {
  await mkdir(folder);
  const digits = await handwrittenDigits();
  for (const missing of digits.keys()) {
    const shown = digits.flatMap((input, index) =>
      index === missing ? [] : [{ input, left: MARGIN + index * CELL, top: MARGIN }],
    );
    await sharp({
      create: { width: 2 * MARGIN + digits.length * CELL, height: 2 * MARGIN + CELL, channels: 3, background: 'white' },
    })
      .composite(shown)
      .grayscale()
      .png()
      .toFile(join(folder, `${missing}.png`));
  }
}

/** The digits, cut from a sample scene, each in its own cell. */
async function handwrittenDigits(): Promise<readonly Buffer[]> {
  const frame = await decodePicture(path('assets/scenes/photos/03-sums.jpg'));
  const engine = await openReadingEngine(await openCheckedBundle(path('models/digits')));
  try {
    const { digits } = engine.reader.read(frame).reading;
    const { width, height, gray } = frame;
    const cut = ({ box }: ReadDigit) => {
      const around = Math.round(box.height * 0.15);
      return sharp(gray, { raw: { width, height, channels: 1 } })
        .extract({
          left: Math.floor(box.x - around),
          top: Math.floor(box.y - around),
          width: Math.ceil(box.width + 2 * around),
          height: Math.ceil(box.height + 2 * around),
        })
        .normalise()
        .resize({ width: CELL - 6, height: CELL - 10, fit: 'contain', background: 'white' })
        .png()
        .toBuffer();
    };
    return await Promise.all(digits.filter(({ digit }) => SHOWN.includes(Number(digit))).map(cut));
  } finally {
    engine.close();
  }
}
