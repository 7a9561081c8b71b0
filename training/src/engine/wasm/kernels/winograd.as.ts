import { addShare } from './gradient-tile.as';
import { narrowPlaces } from './pool-map.as';
import { multiplyPlane } from './tile.as';
import {
  addKernelTransform,
  transformInput,
  transformKernel,
  transformProducts,
  transformSlopes,
} from './winograd-transforms.as';

/*
 * 3x3 convolutions of stride 1 in transformed tiles of 2x2 outputs; channels come in eights. Tiles go through in blocks
 * that fit the second-level cache: transform the inputs, multiply the sixteen planes with the transformed kernel, panel
 * by panel of eight filters, and transform the products back while they are in the first-level cache.
 */

/**
 * Transforms a kernel into panels: [panel][16 planes][channels][8 filters].
 *
 * @param row bytes between taps below each other, `column` beside each other, `channelStep` and `filterStep` between
 *   channels and filters; negative ones turn the kernel round, as the input gradient needs it
 */
export function packWinograd(
  _images: i32,
  kernel: usize,
  panels: usize,
  channels: i32,
  row: i32,
  column: i32,
  channelStep: i32,
  filterStep: i32,
  from: i32,
  to: i32,
): void {
  const plane = <usize>channels * 32;
  for (let panel = from; panel < to; panel++) {
    let target = panels + <usize>panel * 16 * plane;
    for (let channel = 0; channel < channels; channel++) {
      for (let filter = 0; filter < 8; filter++) {
        const source = kernel + channel * channelStep + (panel * 8 + filter) * filterStep;
        transformKernel(source, row, column, target + <usize>filter * 4, plane);
      }
      target += 32;
    }
  }
}

/** Bytes of a plane of `block` tiles: an odd number of cache lines, so that the sixteen planes share no cache sets. */
function planeBytes(block: i32, tileBytes: usize): usize {
  return (<usize>block * tileBytes) | 64;
}

// What else than storing is done with the four outputs of a tile.
const STORE_RELU = 1;
const POOL = 2;

/**
 * Convolves maps that already hold their padding: `tileRows` x `tileColumns` tiles of 2x2 outputs.
 *
 * @param rowBytes bytes of a row of the input maps, of which each image has `imageBytes`
 * @param height of the output map, and `width`: outputs beyond are left out, and what the tiles do not reach is zero
 * @param mode 0 stores the outputs, 1 after ReLU, 2 after ReLU and a max pool over each tile, with `places` as in
 *   pool-map
 * @param block tiles in a block, a multiple of four
 * @param scratch room for 16 planes of block x channels and 16 of block x 8 values, and 16 values more
 */
export function convolveWinograd(
  images: i32,
  input: usize,
  output: usize,
  places: usize,
  panels: usize,
  bias: usize,
  channels: i32,
  filters: i32,
  imageBytes: usize,
  rowBytes: usize,
  tileRows: i32,
  tileColumns: i32,
  height: i32,
  width: i32,
  mode: i32,
  block: i32,
  scratch: usize,
): void {
  const depth = <usize>channels * 4;
  const plane = planeBytes(block, depth);
  const productPlane = planeBytes(block, 32);
  const products = scratch + 16 * plane;
  const result = products + 16 * productPlane;
  const tiles = images * tileRows * tileColumns;
  if (mode !== POOL && (2 * tileRows < height || 2 * tileColumns < width)) {
    memory.fill(output, 0, <usize>(images * height * width * filters) * 4);
  }
  for (let first = 0; first < tiles; first += block) {
    const count = min(block, tiles - first);
    transformBlock(input, imageBytes, rowBytes, depth, tileRows, tileColumns, 2, first, count, scratch, plane);
    for (let filter = 0; filter < filters; filter += 8) {
      let panel = panels + <usize>filter * 16 * depth;
      for (let xi: usize = 0; xi < 16; xi++) {
        multiplyPlane(scratch + xi * plane, depth, count, channels, panel, products + xi * productPlane);
        panel += 8 * depth;
      }
      const start = bias ? bias + <usize>filter * 4 : 0;
      if (mode === POOL) {
        const at = <usize>(first * filters + filter);
        storePooled(products, productPlane, count, start, filters, output + at * 4, places + at, result);
      } else {
        const floor: f32 = mode === STORE_RELU ? 0 : -Infinity;
        const to = output + <usize>filter * 4;
        storeTiles(
          products,
          productPlane,
          first,
          count,
          start,
          floor,
          tileRows,
          tileColumns,
          height,
          width,
          filters,
          to,
          result,
        );
      }
    }
  }
}

/** Transforms tiles `first` to `first + count` of the inputs (`step` 2: 4x4 pixels) or slopes (2x2 pixels). */
function transformBlock(
  maps: usize,
  imageBytes: usize,
  rowBytes: usize,
  pixel: usize,
  tileRows: i32,
  tileColumns: i32,
  step: i32,
  first: i32,
  count: i32,
  to: usize,
  plane: usize,
): void {
  const perImage = tileRows * tileColumns;
  let image = first / perImage;
  let row = (first % perImage) / tileColumns;
  let column = first % tileColumns;
  for (let index = 0; index < count; index++) {
    const from = maps + <usize>image * imageBytes + <usize>(2 * row) * rowBytes + <usize>(2 * column) * pixel;
    if (step === 2) transformInput(from, rowBytes, pixel, to, plane, pixel);
    else transformSlopes(from, rowBytes, pixel, to, plane, pixel);
    to += pixel;
    if (++column === tileColumns) {
      column = 0;
      if (++row === tileRows) {
        row = 0;
        image++;
      }
    }
  }
}

/**
 * Transforms the products of one panel's eight filters back and stores the outputs; those beyond the map go to `nowhere`.
 *
 * @param output the panel's first filter in the first pixel
 */
function storeTiles(
  products: usize,
  plane: usize,
  first: i32,
  count: i32,
  bias: usize,
  floor: f32,
  tileRows: i32,
  tileColumns: i32,
  height: i32,
  width: i32,
  filters: i32,
  output: usize,
  nowhere: usize,
): void {
  const pixel = <usize>filters * 4;
  const rowBytes = <usize>width * pixel;
  const floors = f32x4.splat(floor);
  const zero = f32x4.splat(0);
  const low = bias ? v128.load(bias) : zero;
  const high = bias ? v128.load(bias, 16) : zero;
  const perImage = tileRows * tileColumns;
  let image = first / perImage;
  let row = (first % perImage) / tileColumns;
  let column = first % tileColumns;
  for (let index = 0; index < count; index++) {
    const y = 2 * row;
    const x = 2 * column;
    const to00 = output + <usize>(image * height + y) * rowBytes + <usize>x * pixel;
    const below = y + 1 < height;
    const beside = x + 1 < width;
    const to01 = beside ? to00 + pixel : nowhere;
    const to10 = below ? to00 + rowBytes : nowhere;
    const to11 = below && beside ? to10 + pixel : nowhere;
    transformProducts(products, plane, low, floors, to00, to01, to10, to11);
    transformProducts(products + 16, plane, high, floors, to00 + 16, to01 + 16, to10 + 16, to11 + 16);
    products += 32;
    if (++column === tileColumns) {
      column = 0;
      if (++row === tileRows) {
        row = 0;
        image++;
      }
    }
  }
}

/** Transforms the products of one panel back, and keeps the largest of each tile's four outputs and its place. */
function storePooled(
  products: usize,
  plane: usize,
  count: i32,
  bias: usize,
  filters: i32,
  output: usize,
  places: usize,
  room: usize,
): void {
  const zero = f32x4.splat(0);
  for (let index = 0; index < count; index++) {
    for (let half: usize = 0; half < 32; half += 16) {
      const start = bias ? v128.load(bias + half) : zero;
      transformProducts(products + half, plane, start, zero, room, room + 16, room + 32, room + 48);
      let largest = v128.load(room);
      let place = i32x4.splat(0);
      for (let pixel = 1; pixel < 4; pixel++) {
        const value = v128.load(room + <usize>pixel * 16);
        const above = f32x4.gt(value, largest);
        largest = v128.bitselect(value, largest, above);
        place = v128.bitselect(i32x4.splat(pixel), place, above);
      }
      v128.store(output + half, largest);
      store<u32>(places + (half >> 2), narrowPlaces(largest, place));
    }
    products += 32;
    output += <usize>filters * 4;
    places += filters;
  }
}

/**
 * Adds a shard's share to a kernel's gradient [3, 3, channels, filters]: the products' gradients are summed over all
 * tiles in the transformed planes, and transformed back once.
 *
 * @param slopes maps of 2 * tileRows x 2 * tileColumns
 * @param offsets 0, 4, 8, ... for each channel
 * @param scratch room for 16 planes each of block x channels, block x filters and channels x filters values
 */
export function addWinogradGradient(
  images: i32,
  input: usize,
  slopes: usize,
  gradient: usize,
  offsets: usize,
  channels: i32,
  filters: i32,
  imageBytes: usize,
  rowBytes: usize,
  tileRows: i32,
  tileColumns: i32,
  block: i32,
  scratch: usize,
): void {
  const depth = <usize>channels * 4;
  const pixel = <usize>filters * 4;
  const plane = planeBytes(block, depth);
  const slopePlane = planeBytes(block, pixel);
  const sumPlane = <usize>channels * pixel;
  const slopeTiles = scratch + 16 * plane;
  const sums = slopeTiles + 16 * slopePlane;
  const slopeRow = <usize>(2 * tileColumns) * pixel;
  const slopeImage = <usize>(2 * tileRows) * slopeRow;
  const tiles = images * tileRows * tileColumns;
  memory.fill(sums, 0, 16 * sumPlane);
  for (let first = 0; first < tiles; first += block) {
    const count = min(block, tiles - first);
    transformBlock(input, imageBytes, rowBytes, depth, tileRows, tileColumns, 2, first, count, scratch, plane);
    transformBlock(slopes, slopeImage, slopeRow, pixel, tileRows, tileColumns, 1, first, count, slopeTiles, slopePlane);
    for (let xi: usize = 0; xi < 16; xi++) {
      for (let at: usize = 0; at < pixel; at += 32) {
        const from = slopeTiles + xi * slopePlane + at;
        const to = sums + xi * sumPlane + at;
        addShare(scratch + xi * plane, 0, depth, offsets, 0, channels, from, 0, pixel, 1, count, to, pixel, 8);
      }
    }
  }
  for (let at: usize = 0; at < sumPlane; at += 16) addKernelTransform(sums + at, sumPlane, gradient + at, sumPlane);
}
