/*
 * Packing of kernels into panels of eight columns: panel after panel, in each the rows k from first to last, of each the
 * eight values; zeros where there are fewer columns.
 */

/** B[depth, columns] as it lies: panels `from` to `to`. */
export function packPanels(
  _images: i32,
  kernel: usize,
  panels: usize,
  depth: i32,
  columns: i32,
  from: i32,
  to: i32,
): void {
  let target = panels + <usize>(from * depth) * 32;
  for (let panel = from; panel < to; panel++) {
    const width = min(8, columns - panel * 8);
    let source = kernel + <usize>(panel * 8) * 4;
    for (let k = 0; k < depth; k++) {
      if (width === 8) {
        v128.store(target, v128.load(source));
        v128.store(target, v128.load(source, 16), 16);
      } else {
        for (let column = 0; column < 8; column++) {
          const value = column < width ? load<f32>(source + <usize>column * 4) : <f32>0;
          store<f32>(target + <usize>column * 4, value);
        }
      }
      source += <usize>columns * 4;
      target += 32;
    }
  }
}

/**
 * A convolution's kernel [tap, channel, filter] for its input gradient: the channels become columns, and rows run over
 * the taps in the order given and their filters, B[(tap, filter), channel] = kernel[order[tap], channel, filter]. With one
 * tap this is the transpose, which dense layers need.
 *
 * @param order numbers of `taps` taps, 32-bit integers
 */
export function packTransposed(
  _images: i32,
  kernel: usize,
  panels: usize,
  order: usize,
  taps: i32,
  channels: i32,
  filters: i32,
  from: i32,
  to: i32,
): void {
  let target = panels + <usize>(from * taps * filters) * 32;
  for (let panel = from; panel < to; panel++) {
    const width = min(8, channels - panel * 8);
    for (let index = 0; index < taps; index++) {
      const tap = load<i32>(order + <usize>index * 4);
      const source = kernel + <usize>((tap * channels + panel * 8) * filters) * 4;
      for (let filter = 0; filter < filters; filter++) {
        for (let column = 0; column < 8; column++) {
          const at = <usize>(column * filters + filter) * 4;
          store<f32>(target + <usize>column * 4, column < width ? load<f32>(source + at) : <f32>0);
        }
        target += 32;
      }
    }
  }
}

/**
 * Maps of `height` x `width` into the middle of larger ones: zeros around them, and `gapRows` and `gapColumns` zeros
 * between their pixels (for the input gradient of a convolution with strides).
 */
export function padMaps(
  images: i32,
  input: usize,
  output: usize,
  height: i32,
  width: i32,
  channels: i32,
  top: i32,
  left: i32,
  outputHeight: i32,
  outputWidth: i32,
  gapRows: i32,
  gapColumns: i32,
): void {
  const pixel = <usize>channels * 4;
  const outputRow = <usize>outputWidth * pixel;
  memory.fill(output, 0, <usize>(images * outputHeight) * outputRow);
  for (let image = 0; image < images; image++) {
    let row = output + <usize>top * outputRow + <usize>left * pixel;
    for (let y = 0; y < height; y++) {
      if (gapColumns === 0) {
        memory.copy(row, input, <usize>width * pixel);
        input += <usize>width * pixel;
      } else {
        let to = row;
        for (let x = 0; x < width; x++) {
          memory.copy(to, input, pixel);
          input += pixel;
          to += <usize>(gapColumns + 1) * pixel;
        }
      }
      row += <usize>(gapRows + 1) * outputRow;
    }
    output += <usize>outputHeight * outputRow;
  }
}
