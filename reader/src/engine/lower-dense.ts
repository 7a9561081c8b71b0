import { activationRange, unitMultiplier } from '@inkcast/shared/int8-kernels';
import { elementCount, type FullyConnectedOperator } from '@inkcast/shared/tflite-file';
import { layerBlocks } from './layer-rescaling.js';
import type { Bind, Lowering } from './lowering.js';
import { BLOCK_BYTES } from './rescaling.js';
import { packWeights, rowsOfWeights } from './weights.js';

/** FULLY_CONNECTED: a convolution of one run, whose places are the input's rows. */
export function lowerDense(operator: FullyConnectedOperator, lowering: Lowering): Bind {
  const { plan } = lowering;
  const [inputAt, filterAt, biasAt = -1] = operator.inputs;
  const [input, output] = [lowering.place(inputAt), lowering.place(operator.outputs[0])];
  const filter = lowering.constant(filterAt);
  const weights = rowsOfWeights(filter, biasAt === -1 ? undefined : lowering.constant(biasAt), filter.zeroPoint);
  const multiplier = unitMultiplier(input, filter, output);
  const multipliers = Array.from({ length: weights.channels }, () => multiplier);
  const packed = plan.constant(packWeights(weights, 1));
  const biases = plan.constant(weights.biases);
  const layer = { weights, input, filter, output, multipliers, ties: 'up' } as const;
  const blocks = plan.constant(layerBlocks(layer, lowering.rounding));
  const count = elementCount(input.shape);
  const widened = plan.reserve(2 * count);
  const run = plan.constant(Int32Array.of(widened));
  const [places, pairs] = [count / weights.size, Math.ceil(weights.size / 2)];
  const [least, most] = activationRange(operator.activation, output);
  return (kernels) => () => {
    kernels.widen(input.address, widened, count, input.zeroPoint, 1);
    kernels.convolve(
      ...[run, 1, pairs, 2 * weights.size, places, packed, biases, blocks, 2 * BLOCK_BYTES],
      ...[weights.channels, output.address, output.zeroPoint, least, most, lowering.sums],
    );
  };
}
