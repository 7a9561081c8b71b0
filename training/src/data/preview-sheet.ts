import sharp from 'sharp';
import { Random } from '../random/index.js';
import { type Dataset, pictureAt } from './dataset.js';

/** Pixels on the sheet per pixel of a picture, and the gap between pictures. */
const SCALE = 2;
const GAP = 4;
const BACKGROUND = 64;

export interface PreviewOptions {
  /** Number of pictures per class. */
  readonly columns: number;
  /** Seed for the choice of pictures. */
  readonly seed: number;
  /** Changes a picture in place before it is drawn. `index` is its index in the data set. Default: no change. */
  readonly change?: (picture: Float32Array, index: number) => void;
}

/**
 * A sheet of pictures as a PNG: one row per class, in the order of the classes, white ink on black. If a class has fewer
 * pictures than columns, the rest of its row is empty.
 */
export async function previewSheet(dataset: Dataset, options: PreviewOptions): Promise<Uint8Array> {
  const [height, width] = dataset.shape;
  const rows = chosenPictures(dataset, options);
  const sheetWidth = options.columns * (width * SCALE + GAP) + GAP;
  const sheetHeight = rows.length * (height * SCALE + GAP) + GAP;
  const sheet = new Uint8Array(sheetWidth * sheetHeight).fill(BACKGROUND);
  rows.forEach((row, rowIndex) => {
    row.forEach((index, column) => {
      const picture = shownPicture(dataset, index, options.change);
      const left = GAP + column * (width * SCALE + GAP);
      const top = GAP + rowIndex * (height * SCALE + GAP);
      for (let y = 0; y < height * SCALE; y++) {
        for (let x = 0; x < width * SCALE; x++) {
          const value = picture[Math.floor(y / SCALE) * width + Math.floor(x / SCALE)];
          sheet[(top + y) * sheetWidth + left + x] = value;
        }
      }
    });
  });
  return sharp(sheet, { raw: { width: sheetWidth, height: sheetHeight, channels: 1 } })
    .png()
    .toBuffer();
}

function chosenPictures(dataset: Dataset, { columns, seed }: PreviewOptions): number[][] {
  const order = Uint32Array.from(dataset.labels, (_, index) => index);
  new Random(seed).shuffle(order);
  const rows: number[][] = dataset.classes.map(() => []);
  for (const index of order) {
    const row = rows[dataset.labels[index]];
    if (row.length < columns) row.push(index);
  }
  return rows;
}

function shownPicture(dataset: Dataset, index: number, change: PreviewOptions['change']): Uint8Array {
  const stored = pictureAt(dataset, index);
  if (change === undefined) return stored;
  const picture = Float32Array.from(stored, (value) => value / 255);
  change(picture, index);
  return Uint8Array.from(picture, (value) => Math.round(255 * Math.min(1, Math.max(0, value))));
}
