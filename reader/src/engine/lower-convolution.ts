import { activationRange, channelMultipliers } from '@inkcast/shared/int8-kernels';
import type { Conv2DOperator, DepthwiseConv2DOperator } from '@inkcast/shared/tflite-file';
import { layerBlocks } from './layer-rescaling.js';
import type { Bind, Lowering } from './lowering.js';
import { MovingWindow } from './moving-window.js';
import { BLOCK_BYTES } from './rescaling.js';
import { columnsOfWeights, packWeights, rowsOfWeights } from './weights.js';

/** CONV_2D: the values under a row of the window lie side by side, unless it is dilated. */
export function lowerConvolution(operator: Conv2DOperator, lowering: Lowering): Bind {
  const { plan } = lowering;
  const [, filterAt, biasAt = -1] = operator.inputs;
  const filter = lowering.constant(filterAt);
  const weights = rowsOfWeights(filter, biasAt === -1 ? undefined : lowering.constant(biasAt));
  const [, filterHeight, filterWidth, channels] = filter.shape;
  const isDense = operator.dilations[1] === 1;
  const perRow = isDense ? 1 : filterWidth;
  const runs = filterHeight * perRow;
  const window = new MovingWindow(operator, lowering, [filterHeight, filterWidth], 1);
  const { input, output } = window;
  const multipliers = channelMultipliers(input, filter, output, weights.channels);
  const packed = plan.constant(packWeights(weights, runs));
  const biases = plan.constant(weights.biases);
  // x86's matrix product of the official library rounds ties up; the engine gives the same digits on every machine.
  const layer = { weights, input, filter, output, multipliers, ties: 'up' } as const;
  const blocks = plan.constant(layerBlocks(layer, lowering.rounding));
  const runsAt = plan.reserve(4 * runs);
  const pairs = Math.ceil((isDense ? filterWidth * channels : channels) / 2);
  const step = 2 * operator.strides[1] * channels;
  const [least, most] = activationRange(operator.activation, output);
  const [, , places, filters] = output.shape;
  return (kernels) => {
    const addresses = new Int32Array(kernels.memory, runsAt, runs);
    return () =>
      window.forRows(kernels, (to, row) => {
        for (let run = 0; run < runs; run++) {
          const across = (run % perRow) * operator.dilations[1];
          addresses[run] = row(Math.floor(run / perRow)) + 2 * across * channels;
        }
        kernels.convolve(
          ...[runsAt, runs, pairs, step, places, packed, biases, blocks, 2 * BLOCK_BYTES],
          ...[filters, to, output.zeroPoint, least, most, lowering.sums],
        );
      });
  };
}

/** DEPTHWISE_CONV_2D, whose products do not go through a matrix product. */
export function lowerDepthwise(operator: DepthwiseConv2DOperator, lowering: Lowering): Bind {
  const { plan } = lowering;
  const [, filterAt, biasAt = -1] = operator.inputs;
  const filter = lowering.constant(filterAt);
  const weights = columnsOfWeights(filter, biasAt === -1 ? undefined : lowering.constant(biasAt));
  const [, filterHeight, filterWidth, channels] = filter.shape;
  const window = new MovingWindow(operator, lowering, [filterHeight, filterWidth], operator.depthMultiplier);
  const { input, output } = window;
  const multipliers = channelMultipliers(input, filter, output, channels);
  const packed = plan.constant(packWeights(weights, 1));
  const biases = plan.constant(weights.biases);
  const layer = { weights, input, filter, output, multipliers, ties: 'away' } as const;
  const blocks = plan.constant(layerBlocks(layer, lowering.rounding));
  // The kernel takes pairs of taps: the weight of one too many is zero.
  const taps = 2 * Math.ceil(weights.size / 2);
  const tapsAt = plan.reserve(4 * taps);
  const step = 2 * operator.strides[1] * channels;
  const [least, most] = activationRange(operator.activation, output);
  const places = output.shape[2];
  return (kernels) => {
    const addresses = new Int32Array(kernels.memory, tapsAt, taps);
    return () =>
      window.forRows(kernels, (to, row) => {
        for (let tap = 0; tap < weights.size; tap++) {
          const across = (tap % filterWidth) * operator.dilations[1];
          addresses[tap] = row(Math.floor(tap / filterWidth)) + 2 * across * channels;
        }
        addresses[taps - 1] = addresses[weights.size - 1];
        kernels.depthwise(
          ...[tapsAt, taps, step, places, packed, biases, blocks, 2 * BLOCK_BYTES],
          ...[channels, to, output.zeroPoint, least, most, lowering.sums],
        );
      });
  };
}
