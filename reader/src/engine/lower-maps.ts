import {
  activationRange,
  nearestPlaces,
  type Quantized,
  sumMultipliers,
  summand,
  windowOf,
} from '@inkcast/shared/int8-kernels';
import {
  type ElementwiseOperator,
  elementCount,
  type PlainOperator,
  type PoolOperator,
} from '@inkcast/shared/tflite-file';
import type { Bind, Lowering } from './lowering.js';
import { GROUP, rescalingBlocks } from './rescaling.js';

/** MAX_POOL_2D. */
export function lowerMaxPool(operator: PoolOperator, lowering: Lowering): Bind {
  const [input, output] = [lowering.place(operator.inputs[0]), lowering.place(operator.outputs[0])];
  const [batch, height, width, channels] = input.shape;
  const [, rows, columns] = output.shape;
  const { top, left } = windowOf([height, width], operator.filter, operator);
  const [least, most] = activationRange(operator.activation, output);
  return (kernels) => () => {
    for (let image = 0; image < batch; image++) {
      kernels.maxPool(
        ...[input.address + image * height * width * channels, output.address + image * rows * columns * channels],
        ...[height, width, channels, rows, columns, ...operator.filter, ...operator.strides, top, left, least, most],
      );
    }
  };
}

/** RESIZE_NEAREST_NEIGHBOR. */
export function lowerResize(operator: PlainOperator, lowering: Lowering): Bind {
  const [input, output] = [lowering.place(operator.inputs[0]), lowering.place(operator.outputs[0])];
  const [batch, height, width, channels] = input.shape;
  const [, rows, columns] = output.shape;
  const rowTable = lowering.plan.constant(nearestPlaces(height, rows));
  const columnTable = lowering.plan.constant(nearestPlaces(width, columns));
  return (kernels) => () => {
    for (let image = 0; image < batch; image++) {
      kernels.enlarge(
        ...[input.address + image * height * width * channels, output.address + image * rows * columns * channels],
        ...[width * channels, channels, rows, columns, rowTable, columnTable],
      );
    }
  };
}

/** ADD of two tensors of one shape. What a value adds depends on itself only, so it stands in a table. */
export function lowerAdd(operator: ElementwiseOperator, lowering: Lowering): Bind {
  const [left, right] = [lowering.place(operator.inputs[0]), lowering.place(operator.inputs[1])];
  const output = lowering.place(operator.outputs[0]);
  const multipliers = sumMultipliers(left, right, output);
  const table = ({ zeroPoint }: Quantized, multiplier: typeof multipliers.left): Int32Array =>
    Int32Array.from({ length: 256 }, (_, index) => summand(index - 128 - zeroPoint, multiplier));
  const tables = [table(left, multipliers.left), table(right, multipliers.right)];
  const bound = tables.reduce((sum, values) => sum + Math.max(...values.map(Math.abs)), 0);
  const channels = Array.from({ length: GROUP }, () => ({ multiplier: multipliers.sum, bound }));
  const blocks = lowering.plan.constant(rescalingBlocks(channels, 'away'));
  const [leftTable, rightTable] = tables.map((values) => lowering.plan.constant(values));
  const [least, most] = activationRange(operator.activation, output);
  const count = elementCount(output.shape);
  return (kernels) => () =>
    kernels.add(
      ...[left.address, right.address, output.address, count, leftTable, rightTable, blocks],
      ...[output.zeroPoint, least, most, lowering.sums],
    );
}
