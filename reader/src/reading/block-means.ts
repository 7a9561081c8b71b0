import { READER_NUMBERS } from '../numbers/index.js';
import type { Box, LumaFrame } from '../vision/index.js';

/** The mean luma of each block of a frame. It replaces the frame where later frames are compared with it. */
export class BlockMeans {
  readonly side: number;
  readonly columns: number;
  readonly rows: number;
  readonly means: Float32Array;

  private constructor(side: number, columns: number, rows: number, means: Float32Array) {
    this.side = side;
    this.columns = columns;
    this.rows = rows;
    this.means = means;
  }

  static of({ width, height, gray }: LumaFrame): BlockMeans {
    const side = Math.max(
      READER_NUMBERS.changeMinSide.value,
      Math.ceil(Math.max(width, height) / READER_NUMBERS.changeBlocksAlong.value),
    );
    const columns = Math.max(1, Math.floor(width / side));
    const rows = Math.max(1, Math.floor(height / side));
    const means = new Float32Array(columns * rows);
    const area = Math.min(side, width) * Math.min(side, height);
    for (let y = 0; y < Math.min(height, rows * side); y++) {
      const first = Math.floor(y / side) * columns;
      for (let column = 0; column < columns; column++) {
        const start = y * width + column * side;
        const end = Math.min(start + side, (y + 1) * width);
        let sum = 0;
        for (let at = start; at < end; at++) sum += gray[at];
        means[first + column] += sum / area;
      }
    }
    return new BlockMeans(side, columns, rows, means);
  }

  /** Compares with an earlier frame of the same camera. If the size has changed, everything has changed. */
  since(earlier: BlockMeans): ChangeMask {
    return new ChangeMask(this, earlier);
  }
}

/**
 * The blocks that differ between two frames. Two things do not count as a difference: light that became stronger or
 * weaker everywhere, and the sensor's noise, which is measured on the two frames themselves.
 */
export class ChangeMask {
  readonly #now: BlockMeans;
  readonly #changed: Uint8Array;

  constructor(now: BlockMeans, earlier: BlockMeans) {
    this.#now = now;
    this.#changed = changedBlocks(now, earlier);
  }

  /** The share of a box, or of the whole picture, that differs. */
  share(box?: Box): number {
    const { side, columns, rows } = this.#now;
    const within = (value: number, end: number): number => Math.min(end - 1, Math.max(0, Math.floor(value)));
    const [left, right] = box
      ? [within(box.x / side, columns), within((box.x + box.width - 1) / side, columns)]
      : [0, columns - 1];
    const [top, bottom] = box
      ? [within(box.y / side, rows), within((box.y + box.height - 1) / side, rows)]
      : [0, rows - 1];
    let changed = 0;
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) changed += this.#changed[row * columns + column];
    }
    return changed / ((bottom - top + 1) * (right - left + 1));
  }

  /** Whether any block differs. */
  get any(): boolean {
    return this.#changed.includes(1);
  }

  /** Whether a large part of the picture differs. */
  get moving(): boolean {
    return this.share() > READER_NUMBERS.movingShare.value;
  }
}

function changedBlocks(now: BlockMeans, earlier: BlockMeans): Uint8Array {
  const count = now.means.length;
  if (now.side !== earlier.side || now.columns !== earlier.columns || now.rows !== earlier.rows) {
    return new Uint8Array(count).fill(1);
  }
  // A prime step visits all columns, even if their number is a multiple of a smaller step.
  const step = count > 7 * READER_NUMBERS.changeSamples.value ? 11 : 1;
  const sampled = Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step);
  const gains = sampled.flatMap((at) =>
    earlier.means[at] < READER_NUMBERS.changeDarkest.value ? [] : [now.means[at] / earlier.means[at]],
  );
  const gain = gains.length === 0 ? 1 : median(gains);
  const difference = (at: number): number => Math.abs(now.means[at] - gain * earlier.means[at]);
  const noise = READER_NUMBERS.madToDeviation.value * median(sampled.map(difference));
  const least = Math.min(
    READER_NUMBERS.changeMax.value,
    Math.max(READER_NUMBERS.changeMin.value, READER_NUMBERS.changeDeviations.value * noise),
  );
  return Uint8Array.from({ length: count }, (_, at) => (difference(at) > least ? 1 : 0));
}

function median(values: number[]): number {
  return Float64Array.from(values).sort()[values.length >> 1];
}
