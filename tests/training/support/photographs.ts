import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Dataset, pictureAt, readMnistTest } from '@inkcast/training/data';
import sharp from 'sharp';

const [WIDTH, HEIGHT, DIGIT] = [480, 360, 112];
/** Luma of the table under the sheet of paper. */
const TABLE = 40;

/** A digit on a sheet of paper that light falls on from one side, the dark table around it: 8-bit luma. */
async function photograph(mnist: Dataset, index: number): Promise<Buffer> {
  const ink = await sharp(pictureAt(mnist, index), { raw: { width: 28, height: 28, channels: 1 } })
    .resize(DIGIT, DIGIT, { kernel: 'cubic' })
    .extractChannel(0)
    .raw()
    .toBuffer();
  const luma = Buffer.alloc(WIDTH * HEIGHT, TABLE);
  for (let y = 40; y < HEIGHT; y++) {
    for (let x = 60; x < WIDTH; x++) {
      const paper = 235 - (120 * x) / WIDTH;
      const [column, row] = [x - 200, y - 130];
      const isInside = column >= 0 && row >= 0 && column < DIGIT && row < DIGIT;
      const share = isInside ? ink[row * DIGIT + column] / 255 : 0;
      luma[y * WIDTH + x] = paper * (1 - 0.65 * share);
    }
  }
  return sharp(luma, { raw: { width: WIDTH, height: HEIGHT, channels: 1 } })
    .jpeg({ quality: 92 })
    .toBuffer();
}

export interface Photograph {
  readonly path: string;
  readonly digit: string;
}

/** Writes a photograph of each of the ten digits into `folder`, each into a folder by its name. */
export async function writePhotographs(folder: string): Promise<readonly Photograph[]> {
  const mnist = await readMnistTest();
  return Promise.all(
    mnist.classes.map(async (digit, label) => {
      const path = join(folder, digit, 'photograph.jpg');
      await mkdir(join(folder, digit), { recursive: true });
      await writeFile(path, await photograph(mnist, mnist.labels.indexOf(label)));
      return { path, digit };
    }),
  );
}
