import sharp from 'sharp';
import { Random } from '../random/index.js';
import { type Dataset, pictureAt } from './dataset.js';

/** How many pixels of the sheet one pixel of a picture takes, and the gap between pictures. */
const SCALE = 2;
const GAP = 4;
const BACKGROUND = 64;

export interface PreviewOptions {
  /** Pictures of each class. */
  readonly columns: number;
  /** Decides which pictures are shown. */
  readonly seed: number;
  /** What is done to a picture before it is shown, in place; default: nothing. `index` is its place in the data set. */
  readonly change?: (picture: Float32Array, index: number) => void;
}

/**
 * A sheet of pictures as a PNG: one row a class, in the order of the classes, white ink on black. A class with fewer
 * pictures than columns leaves the rest of its row empty.
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
