import { activationRange, type Buffer, int8Of, type Values } from './buffer.js';
import { clamp, multiply, quantizeMultiplier, roundAway } from './fixed-point.js';
import type { Kernel } from './kernel.js';

/** RELU and RELU6 by themselves, which may change the scale. */
export function rectified(kind: 'relu' | 'relu6', [input]: readonly Buffer[], output: Buffer): Kernel {
  const [from, to] = [int8Of(input), int8Of(output)];
  const [min, max] = activationRange(kind, output);
  const multiplier = quantizeMultiplier(Math.fround(input.scale / output.scale));
  return () => {
    for (let index = 0; index < to.length; index++) {
      const scaled = multiply(from[index] - input.zeroPoint, multiplier, 'away');
      to[index] = clamp(scaled + output.zeroPoint, min, max);
    }
  };
}

/** QUANTIZE: from float32, or from 8 bits to others. */
export function quantize([input]: readonly Buffer[], output: Buffer): Kernel {
  const [from, to] = [input.values, output.values];
  const [min, max] = to instanceof Uint8Array ? [0, 255] : [-128, 127];
  const scaled = from instanceof Float32Array ? fromFloat(output.scale) : rescale(input, output);
  return () => {
    for (let index = 0; index < to.length; index++) {
      to[index] = clamp(scaled(from[index]) + output.zeroPoint, min, max);
    }
  };
}

const fromFloat =
  (scale: number) =>
  (value: number): number =>
    roundAway(Math.fround(value / scale));

function rescale(input: Buffer, output: Buffer): (value: number) => number {
  const multiplier = quantizeMultiplier(input.scale / output.scale);
  return (value) => multiply(value - input.zeroPoint, multiplier, 'away');
}

/** DEQUANTIZE to float32. */
export function dequantize([input]: readonly Buffer[], output: Buffer): Kernel {
  const [from, to]: [Values, Values] = [input.values, output.values];
  return () => {
    for (let index = 0; index < to.length; index++) to[index] = input.scale * (from[index] - input.zeroPoint);
  };
}
