import type { SpotMap } from '@inkcast/reader/inference';
import type { Box, Mosaic } from '@inkcast/reader/vision';
import { CELL_VALUES, encodeBox, SPOT_CLASSES, SPOT_STRIDE } from '@inkcast/shared/spots';

/** Real values of one step of the map, and log-odds where there is nothing. */
export const STEP = 0.1;
export const NOTHING = -8;

/** A digit that a map is to show on the octave of `scale`; its box in pixels of the frame. */
export interface ShownDigit {
  readonly digit: number;
  readonly logOdds: number;
  readonly scale: number;
  readonly box: Box;
}

/** What a perfect spotter would say about a mosaic, in int8. */
export function spotMap(mosaic: Mosaic, digits: readonly ShownDigit[]): SpotMap {
  const columns = mosaic.width / SPOT_STRIDE;
  const values = new Int8Array(columns * (mosaic.height / SPOT_STRIDE) * CELL_VALUES).fill(Math.round(NOTHING / STEP));
  for (const { digit, logOdds, scale, box } of digits) {
    const tile = mosaic.tiles.find((other) => other.scale === scale);
    if (tile === undefined) throw new Error(`There is no octave of scale ${scale}.`);
    const centred = {
      x: tile.x + (box.x + box.width / 2) / scale,
      y: tile.y + (box.y + box.height / 2) / scale,
      width: box.width / scale,
      height: box.height / scale,
    };
    const [column, row] = [Math.floor(centred.x / SPOT_STRIDE), Math.floor(centred.y / SPOT_STRIDE)];
    const cell = (row * columns + column) * CELL_VALUES;
    values[cell + digit] = Math.round(logOdds / STEP);
    values.set(
      encodeBox(centred, column, row).map((value) => Math.round(value / STEP)),
      cell + SPOT_CLASSES,
    );
  }
  return { mosaic, values, scale: STEP, zeroPoint: 0 };
}
