import type { SpotMap } from '@inkcast/reader/inference';
import { probabilityOf } from '@inkcast/shared/judgement';
import { CELL_VALUES, SPOT_CLASSES, SPOT_STRIDE } from '@inkcast/shared/spots';

/** Where a spotter saw digits, on one octave. */
export interface HeatMap {
  /** Frame pixels per pixel of the map. */
  readonly scale: number;
  readonly width: number;
  readonly height: number;
  /** Probability of the likeliest digit in each cell as 0 to 255, row-major. */
  readonly heat: Uint8Array;
}

/** The map of each octave of a mosaic. */
export function heatMapsOf({ mosaic, values, scale, zeroPoint }: SpotMap): HeatMap[] {
  const columns = mosaic.width / SPOT_STRIDE;
  return mosaic.tiles.map((tile) => {
    const [left, top] = [Math.floor(tile.x / SPOT_STRIDE), Math.floor(tile.y / SPOT_STRIDE)];
    const width = Math.ceil((tile.x + tile.width) / SPOT_STRIDE) - left;
    const height = Math.ceil((tile.y + tile.height) / SPOT_STRIDE) - top;
    const heat = Uint8Array.from({ length: width * height }, (_, at) => {
      const cell = (top + Math.floor(at / width)) * columns + left + (at % width);
      const most = Math.max(...values.subarray(cell * CELL_VALUES, cell * CELL_VALUES + SPOT_CLASSES));
      return Math.round(255 * probabilityOf((most - zeroPoint) * scale));
    });
    return { scale: tile.scale * SPOT_STRIDE, width, height, heat };
  });
}
