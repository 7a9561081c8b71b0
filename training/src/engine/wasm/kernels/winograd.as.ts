import { addShare } from './gradient-tile.as';
import { rowsByPanel } from './tile.as';
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
        const a = scratch + xi * plane;
        rowsByPanel(a, depth, count, 1, 0, channels, panel, products + xi * productPlane, 32, 0, false, 8);
        panel += 8 * depth;
      }
      for (let half = 0; half < 8; half += 4) {
        const channel = filter + half;
        const start = bias ? v128.load(bias + <usize>channel * 4) : f32x4.splat(0);
        for (let index = 0; index < count; index++) {
          transformProducts(products + <usize>(index * 8 + half) * 4, productPlane, result);
          const tile = first + index;
          if (mode === POOL) storePooled(result, start, <usize>(tile * filters + channel), output, places);
          else storeTile(result, start, tile, tileRows, tileColumns, height, width, filters, channel, mode, output);
        }
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

function storeTile(
  result: usize,
  bias: v128,
  tile: i32,
  tileRows: i32,
  tileColumns: i32,
  height: i32,
  width: i32,
  filters: i32,
  channel: i32,
  mode: i32,
  output: usize,
): void {
  const perImage = tileRows * tileColumns;
  const image = tile / perImage;
  const y = 2 * ((tile % perImage) / tileColumns);
  const x = 2 * (tile % tileColumns);
  const pixel = <usize>filters * 4;
  const row = <usize>width * pixel;
  const to = output + <usize>(image * height + y) * row + <usize>x * pixel + <usize>channel * 4;
  const relu = mode === STORE_RELU;
  const inRow = y < height;
  const below = y + 1 < height;
  const beside = x + 1 < width;
  if (!inRow || x >= width) return;
  v128.store(to, finish(v128.load(result), bias, relu));
  if (beside) v128.store(to + pixel, finish(v128.load(result, 16), bias, relu));
  if (below) v128.store(to + row, finish(v128.load(result, 32), bias, relu));
  if (below && beside) v128.store(to + row + pixel, finish(v128.load(result, 48), bias, relu));
}

function finish(value: v128, bias: v128, relu: bool): v128 {
  const sum = f32x4.add(value, bias);
  return relu ? f32x4.pmax(sum, f32x4.splat(0)) : sum;
}

/** The largest of a tile's four outputs, and which it was. */
function storePooled(result: usize, bias: v128, index: usize, output: usize, places: usize): void {
  let largest = v128.load(result);
  let place = i32x4.splat(0);
  for (let pixel = 1; pixel < 4; pixel++) {
    const value = v128.load(result + <usize>pixel * 16);
    const above = f32x4.gt(value, largest);
    largest = v128.bitselect(value, largest, above);
    place = v128.bitselect(i32x4.splat(pixel), place, above);
  }
  // The bias is the same for the four pixels, so it may be added after the largest is found.
  const zero = f32x4.splat(0);
  largest = f32x4.pmax(f32x4.add(largest, bias), zero);
  v128.store(output + index * 4, largest);
  const words = v128.bitselect(i32x4.splat(4), place, f32x4.eq(largest, zero));
  const narrow = i16x8.narrow_i32x4_s(words, words);
  store<u32>(places + index, i32x4.extract_lane(i8x16.narrow_i16x8_s(narrow, narrow), 0));
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
