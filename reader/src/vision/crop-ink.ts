import { normalizeDigit } from '@inkcast/shared/normalization';
import { READER_NUMBERS } from '../numbers/index.js';
import { type Blob, inkAround } from './blob.js';
import { AROUND, BESIDE, grow } from './geometry.js';
import type { InkMap } from './ink-map.js';

interface Field {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/**
 * The blob's ink in the classifier's form: white on black and antialiased, thin strokes thickened to a tenth of the
 * blob's size, then normalised like MNIST.
 *
 * @returns 784 bytes
 */
export function cropInk(map: InkMap, blob: Blob): Uint8Array {
  let field = softInk(map, blob);
  const size = Math.max(blob.box.width, blob.box.height);
  const missing = READER_NUMBERS.cropMinStroke.value * size - blob.strokeWidth;
  if (missing > 0) {
    const factor = Math.max(1, Math.floor(size / READER_NUMBERS.cropWorkSide.value));
    field = blockMaximum(field, factor);
    // Shrinking by blocks has already widened each side of a stroke by part of a block.
    const rounds = Math.round((missing / factor - (factor > 1 ? 1 : 0)) / 2);
    for (let round = 0; round < rounds; round++) field = thicken(field, round % 2 === 1);
  }
  return normalizeDigit(field);
}

/** The coverage of each pixel by the blob's own ink, without the ink of neighbours. */
function softInk({ contrast, width, height }: InkMap, blob: Blob): Field {
  const frame = grow(blob.box, 1, width, height);
  const data = inkAround(blob, frame, BESIDE);
  const cover = coverOf(blob.contrast);
  for (let row = 0; row < frame.height; row++) {
    const from = (frame.y + row) * width + frame.x;
    for (let column = 0; column < frame.width; column++) {
      const at = row * frame.width + column;
      if (data[at] !== 0) data[at] = cover[contrast[from + column]];
    }
  }
  return { width: frame.width, height: frame.height, data };
}

/** The coverage of a pixel by ink, from 0 to 255, for each contrast that a pixel may have. */
function coverOf(inkContrast: number): Uint8Array {
  const { inkCoverFrom: from, inkCoverFull: full } = READER_NUMBERS;
  const low = from.value * inkContrast;
  const gain = 255 / ((full.value - from.value) * inkContrast);
  const cover = new Uint8Array(256);
  for (let value = 0; value < cover.length; value++) {
    cover[value] = Math.min(255, Math.max(0, Math.round((value - low) * gain)));
  }
  return cover;
}

function blockMaximum(field: Field, factor: number): Field {
  if (factor === 1) return field;
  const width = Math.ceil(field.width / factor);
  const height = Math.ceil(field.height / factor);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < field.height; y++) {
    const target = Math.floor(y / factor) * width;
    for (let x = 0; x < field.width; x++) {
      const at = target + Math.floor(x / factor);
      data[at] = Math.max(data[at], field.data[y * field.width + x]);
    }
  }
  return { width, height, data };
}

/** Dilates by one pixel over 4 or 8 neighbours. Alternating the two keeps pen tips round. */
function thicken(field: Field, diagonals: boolean): Field {
  const width = field.width + 2;
  const height = field.height + 2;
  const data = new Uint8Array(width * height);
  const steps = (diagonals ? AROUND : BESIDE).map(([across, down]) => down * width + across);
  for (let y = 0; y < field.height; y++) {
    for (let x = 0; x < field.width; x++) {
      const value = field.data[y * field.width + x];
      if (value === 0) continue;
      const at = (y + 1) * width + x + 1;
      for (const step of steps) if (value > data[at + step]) data[at + step] = value;
    }
  }
  return { width, height, data };
}
