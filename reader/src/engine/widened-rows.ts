import type { Kernels } from './engine-kernels.js';
import type { MemoryPlan } from './memory-plan.js';

/** A map, and the window that moves over it. */
export interface WindowedMap {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly zeroPoint: number;
  /** How often each channel is repeated. */
  readonly times: number;
  /** Rows and columns of the window, with the gaps of its dilations. */
  readonly reach: readonly [rows: number, columns: number];
  readonly strides: readonly [number, number];
  /** Number of places across. */
  readonly columns: number;
  /** Columns of padding to the left. */
  readonly left: number;
}

const SLACK_BYTES = 32;
const VECTOR_BYTES = 16;

/**
 * Rows of a map as 16-bit values less the zero point, between columns of padding. Only those rows are kept that the window
 * covers at once, each widened once.
 */
export class WidenedRows {
  readonly #map: WindowedMap;
  readonly #rowBytes: number;
  readonly #slots: number;
  readonly #zeros: number;
  readonly #held: Int32Array;
  #from = 0;

  constructor(plan: MemoryPlan, map: WindowedMap) {
    const { width, channels, times, reach, strides, columns, left } = map;
    this.#map = map;
    const across = Math.max(left + width, (columns - 1) * strides[1] + reach[1]);
    this.#rowBytes = VECTOR_BYTES * Math.ceil((2 * across * channels * times + SLACK_BYTES) / VECTOR_BYTES);
    this.#zeros = plan.reserve(this.#rowBytes);
    this.#slots = plan.reserve(this.#rowBytes * reach[0]);
    this.#held = new Int32Array(reach[0]);
  }

  /** Starts with another map. @param from its address */
  start(from: number): void {
    this.#from = from;
    this.#held.fill(-1);
  }

  /** The address of a row's first column of padding. @param y may lie beyond the map */
  row(kernels: Kernels, y: number): number {
    const { height, width, channels, zeroPoint, times, left } = this.#map;
    if (y < 0 || y >= height) return this.#zeros;
    const slot = y % this.#held.length;
    const address = this.#slots + slot * this.#rowBytes;
    if (this.#held[slot] !== y) {
      this.#held[slot] = y;
      const count = width * channels;
      kernels.widen(this.#from + y * count, address + 2 * left * channels * times, count, zeroPoint, times);
    }
    return address;
  }
}
