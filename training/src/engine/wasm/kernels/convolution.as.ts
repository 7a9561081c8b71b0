import { poolRowPair } from './pool-map.as';
import { rowsByPanel } from './tile.as';

/**
 * Convolution without padding, of maps that already hold it: each row of the output is a product of overlapping rows of
 * A (the windows, a step of `columnStep` bytes apart) with the packed kernel.
 *
 * @param rowStep bytes from one output row's windows to the next
 * @param pixelStep bytes from one output pixel to the next, as `outputRow` and `outputImage` are of rows and pictures
 * @param taps rows of the window; `tapStep` bytes apart, each of `length` values (width times channels)
 */
export function convolve(
  images: i32,
  input: usize,
  output: usize,
  panels: usize,
  bias: usize,
  filters: i32,
  rows: i32,
  columns: i32,
  imageStep: usize,
  rowStep: usize,
  columnStep: usize,
  taps: i32,
  tapStep: usize,
  length: i32,
  relu: bool,
  pixelStep: usize,
  outputRow: usize,
  outputImage: usize,
): void {
  const panelBytes = <usize>(taps * length) * 32;
  for (let image = 0; image < images; image++) {
    let panel = panels;
    for (let filter = 0; filter < filters; filter += 8) {
      const at = <usize>filter * 4;
      let from = input;
      let to = output + at;
      for (let row = 0; row < rows; row++) {
        rowsByPanel(
          from,
          columnStep,
          columns,
          taps,
          tapStep,
          length,
          panel,
          to,
          pixelStep,
          bias ? bias + at : 0,
          relu,
          filters - filter,
        );
        from += rowStep;
        to += outputRow;
      }
      panel += panelBytes;
    }
    input += imageStep;
    output += outputImage;
  }
}

/**
 * The same with bias, ReLU and a 2x2 max pool after it: two rows at a time go through `scratch` (2 x columns x filters
 * values), so that the map before pooling is never stored. `places` notes which of the four pixels was largest.
 *
 * @param rows of the pooled output; `columns` of the convolution that the pool reads (an even number)
 */
export function convolveAndPool(
  images: i32,
  input: usize,
  output: usize,
  places: usize,
  scratch: usize,
  panels: usize,
  bias: usize,
  filters: i32,
  rows: i32,
  columns: i32,
  imageStep: usize,
  rowStep: usize,
  columnStep: usize,
  taps: i32,
  tapStep: usize,
  length: i32,
): void {
  const panelBytes = <usize>(taps * length) * 32;
  const pixelBytes = <usize>filters * 4;
  const rowBytes = <usize>columns * pixelBytes;
  const pooled = <usize>((columns >> 1) * filters);
  for (let image = 0; image < images; image++) {
    let from = input;
    for (let row = 0; row < rows; row++) {
      let panel = panels;
      for (let at: usize = 0; at < pixelBytes; at += 32) {
        for (let half: usize = 0; half < 2; half++) {
          rowsByPanel(
            from + half * rowStep,
            columnStep,
            columns,
            taps,
            tapStep,
            length,
            panel,
            scratch + half * rowBytes + at,
            pixelBytes,
            bias ? bias + at : 0,
            true,
            8,
          );
        }
        panel += panelBytes;
      }
      poolRowPair(scratch, rowBytes, columns >> 1, filters, output, places);
      from += 2 * rowStep;
      output += pooled * 4;
      places += pooled;
    }
    input += imageStep;
  }
}
