import { normalizeDigit } from '@inkcast/shared/normalization';
import type { Blob } from './blob.js';
import { type Box, grow } from './geometry.js';
import type { InkMap } from './ink-map.js';

/** MNIST's strokes are about a tenth of a digit's size; thinner ones nearly vanish when they are fitted into 20x20. */
const LEAST_STROKE = 0.1;
/** A blob is brought to about this size before its strokes are thickened, so that the work stays small. */
const WORK_SIDE = 64;

interface Field {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/**
 * A blob's own ink, white on black and antialiased, as the classifier wants it: thin strokes thickened to a tenth of
 * the blob's size, then normalised as MNIST is.
 *
 * @returns 784 bytes
 */
export function cropInk(map: InkMap, blob: Blob): Uint8Array {
  let field = softInk(map, blob);
  const size = Math.max(blob.box.width, blob.box.height);
  const missing = LEAST_STROKE * size - blob.strokeWidth;
  if (missing > 0) {
    const factor = Math.max(1, Math.floor(size / WORK_SIDE));
    field = blockMaximum(field, factor);
    // Blocks have already widened a stroke by a part of one block on each side.
    const rounds = Math.round((missing / factor - (factor > 1 ? 1 : 0)) / 2);
    for (let round = 0; round < rounds; round++) field = thicken(field, round % 2 === 1);
  }
  return normalizeDigit(field);
}

/** Full where the contrast is three quarters of the ink's, nothing below one quarter; neighbours' ink left out. */
function softInk(map: InkMap, blob: Blob): Field {
  const { box } = blob;
  const frame = grow(box, 1, map.width, map.height);
  const belongs = widenedMask(blob, frame);
  const data = new Uint8Array(frame.width * frame.height);
  const { contrast } = map;
  const cover = coverOf(blob.contrast);
  for (let row = 0, at = 0; row < frame.height; row++) {
    const source = (frame.y + row) * map.width + frame.x;
    for (let column = 0; column < frame.width; column++, at++) {
      if (belongs[at] !== 0) data[at] = cover[contrast[source + column]];
    }
  }
  return { width: frame.width, height: frame.height, data };
}

/** How far ink covers a pixel, from 0 to 255, for each contrast that the pixel may have. */
function coverOf(inkContrast: number): Uint8Array {
  const low = inkContrast / 4;
  const gain = 255 / (inkContrast / 2);
  const cover = new Uint8Array(256);
  for (let value = 0; value < cover.length; value++) {
    cover[value] = Math.min(255, Math.max(0, Math.round((value - low) * gain)));
  }
  return cover;
}

/** The blob's mask with a pixel around it, as a mask of `frame`. */
function widenedMask({ box, mask }: Blob, frame: Box): Uint8Array {
  const { width, height } = frame;
  const wide = new Uint8Array(width * height);
  for (let row = 0; row < box.height; row++) {
    const y = box.y - frame.y + row;
    const source = row * box.width;
    for (let column = 0; column < box.width; column++) {
      if (mask[source + column] === 0) continue;
      const x = box.x - frame.x + column;
      const at = y * width + x;
      wide[at] = 1;
      if (x > 0) wide[at - 1] = 1;
      if (x < width - 1) wide[at + 1] = 1;
      if (y > 0) wide[at - width] = 1;
      if (y < height - 1) wide[at + width] = 1;
    }
  }
  return wide;
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

/** Dilates by one pixel: over 4 neighbours, or over 8; alternating, which keeps pen tips round. */
function thicken(field: Field, diagonals: boolean): Field {
  const width = field.width + 2;
  const height = field.height + 2;
  const data = new Uint8Array(width * height);
  const put = (at: number, value: number): void => {
    if (value > data[at]) data[at] = value;
  };
  for (let y = 0; y < field.height; y++) {
    for (let x = 0; x < field.width; x++) {
      const value = field.data[y * field.width + x];
      if (value === 0) continue;
      const at = (y + 1) * width + x + 1;
      put(at, value);
      put(at - 1, value);
      put(at + 1, value);
      put(at - width, value);
      put(at + width, value);
      if (!diagonals) continue;
      put(at - width - 1, value);
      put(at - width + 1, value);
      put(at + width - 1, value);
      put(at + width + 1, value);
    }
  }
  return { width, height, data };
}
