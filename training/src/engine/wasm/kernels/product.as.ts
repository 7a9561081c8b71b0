import { rowsByPanel } from './tile.as';

/**
 * C[row, column] = bias[column] + sum over k of A[row, k] * B[k, column], B packed in panels (packPanels); `rows` is a
 * number for each picture. Dense layers and 1x1 convolutions.
 */
export function multiplyMatrix(
  images: i32,
  a: usize,
  c: usize,
  panels: usize,
  bias: usize,
  rows: i32,
  depth: i32,
  columns: i32,
  relu: bool,
): void {
  const panelBytes = <usize>depth * 32;
  // Rows in groups whose part of A stays in the first-level cache while all panels pass over it.
  const group = max(4, (4096 / depth) & ~3);
  const all = images * rows;
  for (let row = 0; row < all; row += group) {
    const count = min(group, all - row);
    const from = a + <usize>row * <usize>depth * 4;
    const to = c + <usize>row * <usize>columns * 4;
    let panel = panels;
    for (let column = 0; column < columns; column += 8) {
      const at = <usize>column * 4;
      rowsByPanel(
        from,
        <usize>depth * 4,
        count,
        1,
        0,
        depth,
        panel,
        to + at,
        <usize>columns * 4,
        bias ? bias + at : 0,
        relu,
        columns - column,
      );
      panel += panelBytes;
    }
  }
}
