import { windowOf } from '@inkcast/shared/int8-kernels';
import type { Conv2DOperator, DepthwiseConv2DOperator } from '@inkcast/shared/tflite-file';
import type { Kernels } from './engine-kernels.js';
import type { Lowering, Place } from './lowering.js';
import { WidenedRows } from './widened-rows.js';

/** The window of a convolution on its way over the maps of a batch, row by row. */
export class MovingWindow {
  readonly input: Place;
  readonly output: Place;
  readonly #operator: Conv2DOperator | DepthwiseConv2DOperator;
  readonly #rows: WidenedRows;
  readonly #top: number;

  /** @param size of the window: rows, columns @param times how often each channel is repeated */
  constructor(
    operator: Conv2DOperator | DepthwiseConv2DOperator,
    lowering: Lowering,
    size: readonly [number, number],
    times: number,
  ) {
    this.#operator = operator;
    this.input = lowering.place(operator.inputs[0]);
    this.output = lowering.place(operator.outputs[0]);
    const [, height, width, channels] = this.input.shape;
    const { top, left } = windowOf([height, width], size, operator);
    const reach = size.map((side, axis) => (side - 1) * operator.dilations[axis] + 1);
    this.#top = top;
    this.#rows = new WidenedRows(lowering.plan, {
      ...{ height, width, channels, times, left, zeroPoint: this.input.zeroPoint },
      ...{ reach: [reach[0], reach[1]], strides: operator.strides, columns: this.output.shape[2] },
    });
  }

  /**
   * Calls `work` for each row of the output.
   *
   * @param work takes the output row's address, and a function from a row of the window to the address of its first value
   */
  forRows(kernels: Kernels, work: (to: number, row: (tapRow: number) => number) => void): void {
    const { strides, dilations } = this.#operator;
    const [batch, height, width, channels] = this.input.shape;
    const [, rows, columns, filters] = this.output.shape;
    let to = this.output.address;
    for (let image = 0; image < batch; image++) {
      this.#rows.start(this.input.address + image * height * width * channels);
      for (let index = 0; index < rows; index++, to += columns * filters) {
        const first = index * strides[0] - this.#top;
        work(to, (tapRow) => this.#rows.row(kernels, first + tapRow * dilations[0]));
      }
    }
  }
}
