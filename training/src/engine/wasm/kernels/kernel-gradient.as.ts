import { addShare } from './gradient-tile.as';

/** Adds a shard's share to a convolution's kernel gradient; the input already holds its padding. */
export function addKernelGradient(
  images: i32,
  input: usize,
  slopes: usize,
  gradient: usize,
  offsets: usize,
  depth: i32,
  filters: i32,
  rows: i32,
  columns: i32,
  imageStep: usize,
  rowStep: usize,
  columnStep: usize,
): void {
  const pixel = <usize>filters * 4;
  const slopeRow = <usize>columns * pixel;
  for (let image = 0; image < images; image++) {
    for (let filter = 0; filter < filters; filter += 8) {
      const at = <usize>filter * 4;
      addShare(
        input,
        rowStep,
        columnStep,
        offsets,
        0,
        depth,
        slopes + at,
        slopeRow,
        pixel,
        rows,
        columns,
        gradient + at,
        pixel,
        filters - filter,
      );
    }
    input += imageStep;
    slopes += <usize>rows * slopeRow;
  }
}

/**
 * Rows `from` to `to` of a dense layer's kernel gradient, over all shards: each value is summed over the pictures in
 * their order, so that the rows can be shared out among threads without shards' sums to add up afterwards.
 *
 * @param counts pictures in each shard, 32-bit integers
 * @param shardStep bytes between two shards' inputs, and between their slopes
 */
export function writeDenseGradient(
  _images: i32,
  input: usize,
  slopes: usize,
  gradient: usize,
  offsets: usize,
  from: i32,
  to: i32,
  depth: i32,
  units: i32,
  shards: i32,
  counts: usize,
  shardStep: usize,
): void {
  const step = <usize>units * 4;
  memory.fill(gradient + <usize>from * step, 0, <usize>(to - from) * step);
  let shard = 0;
  while (shard < shards) {
    // Shards of equal size go together, so that sums stay in registers for longer; the order of pictures is the same.
    const count = load<i32>(counts + <usize>shard * 4);
    let run = 1;
    while (shard + run < shards && load<i32>(counts + <usize>(shard + run) * 4) === count) run++;
    for (let unit = 0; unit < units; unit += 8) {
      const at = <usize>unit * 4;
      addShare(
        input,
        shardStep,
        <usize>depth * 4,
        offsets,
        from,
        to,
        slopes + at,
        shardStep,
        step,
        run,
        count,
        gradient + at,
        step,
        units - unit,
      );
    }
    shard += run;
    input += <usize>run * shardStep;
    slopes += <usize>run * shardStep;
  }
}
