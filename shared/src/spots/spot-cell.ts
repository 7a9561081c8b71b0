/**
 * The encoding of boxes in a spotter's output map. Each cell of the map holds a logit for every class and four numbers
 * for the box of a character whose centre lies in the cell or beside it, as in CenterNet (Zhou et al., "Objects as
 * Points", 2019): the centre's offset from the cell's centre, in cells, and the logarithms of width and height.
 */

/** Pixels of the input per cell of the map, along both axes. */
export const SPOT_STRIDE = 4;
/** Classes of the map: the digits in order. */
export const SPOT_CLASSES = 10;
/** Box numbers of each cell, after the classes. */
export const BOX_VALUES = 4;
/** Values per cell. */
export const CELL_VALUES = SPOT_CLASSES + BOX_VALUES;

/** Sides of boxes are encoded relative to this many pixels, the middle of the range that a spotter is trained on. */
const UNIT_SIDE = 20;
/** Box numbers use the same range as the logits, because both share one scale in int8. */
const BOX_GAIN = 4;

/** A box by its centre, in pixels of the spotter's input. */
export interface CentredBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Encodes a box as the four box numbers of the cell in `column` and `row`. */
export function encodeBox({ x, y, width, height }: CentredBox, column: number, row: number): readonly number[] {
  return [
    BOX_GAIN * (x / SPOT_STRIDE - column - 0.5),
    BOX_GAIN * (y / SPOT_STRIDE - row - 0.5),
    BOX_GAIN * Math.log(width / UNIT_SIDE),
    BOX_GAIN * Math.log(height / UNIT_SIDE),
  ];
}

/** Decodes the four box numbers of the cell in `column` and `row`. */
export function decodeBox([right, down, wide, high]: readonly number[], column: number, row: number): CentredBox {
  return {
    x: SPOT_STRIDE * (column + 0.5 + right / BOX_GAIN),
    y: SPOT_STRIDE * (row + 0.5 + down / BOX_GAIN),
    width: UNIT_SIDE * Math.exp(wide / BOX_GAIN),
    height: UNIT_SIDE * Math.exp(high / BOX_GAIN),
  };
}
