/** A run is three 32-bit numbers. */
const RUN_BYTES = 12;

/**
 * The runs of pixels above `floor`, row after row: row, first column and the column after the last one, as 32-bit numbers.
 *
 * @param source a picture with 16 readable bytes behind it
 * @param target room for half as many runs as there are pixels, each row rounded up
 * @returns how many runs there are
 */
export function findRuns(source: usize, target: usize, width: i32, height: i32, floor: i32): i32 {
  const floors = i8x16.splat(<i8>floor);
  let to = target;
  for (let y = 0; y < height; y++) {
    const row = source + y * width;
    // Whether the pixel before is above the floor: runs go on from one vector to the next.
    let inRun = false;
    for (let x = 0; x < width; x += 16) {
      const above = i8x16.gt_u(v128.load(row + x), floors);
      let bits = i8x16.bitmask(above) & 0xffff;
      const left = width - x;
      if (left < 16) bits &= (1 << left) - 1;
      if (bits === (inRun ? 0xffff : 0)) continue;
      // A set bit wherever a run begins or has ended.
      let changes = (bits ^ ((bits << 1) | <i32>inRun)) & 0xffff;
      while (changes !== 0) {
        const column = x + ctz(changes);
        changes &= changes - 1;
        if (inRun) {
          store<i32>(to, column, 8);
          to += RUN_BYTES;
        } else {
          store<i32>(to, y);
          store<i32>(to, column, 4);
        }
        inRun = !inRun;
      }
    }
    if (inRun) {
      store<i32>(to, width, 8);
      to += RUN_BYTES;
    }
  }
  return <i32>(to - target) / RUN_BYTES;
}
