import type { Operation } from './operation.js';

/** A function of each value by itself, and its slope at the same value. */
interface Curve {
  readonly value: (x: number) => number;
  readonly slope: (x: number) => number;
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const clamp = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x));

const CURVES = {
  relu: { value: (x) => Math.max(0, x), slope: (x) => (x > 0 ? 1 : 0) },
  relu6: { value: (x) => clamp(x, 0, 6), slope: (x) => (x > 0 && x < 6 ? 1 : 0) },
  /** Howard et al., "Searching for MobileNetV3", 2019: x * relu6(x + 3) / 6. */
  hardSwish: {
    value: (x) => (x * clamp(x + 3, 0, 6)) / 6,
    slope: (x) => (x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6),
  },
  sigmoid: { value: logistic, slope: (x) => logistic(x) * (1 - logistic(x)) },
} satisfies Record<string, Curve>;

export function activation(kind: keyof typeof CURVES): Operation {
  const curve: Curve = CURVES[kind];
  return {
    forward: (_pass, [input]) => input.map(curve.value),
    backward: (_pass, [input], _output, gradient) => [
      gradient.map((slope, index) => slope * curve.slope(input[index])),
    ],
  };
}

/** exp(x) divided by its sum in each picture. The largest x is subtracted first to avoid overflow. */
export function softmax(classes: number): Operation {
  return {
    forward(_pass, [input]) {
      const output = new Float64Array(input.length);
      for (let start = 0; start < input.length; start += classes) {
        const logits = input.subarray(start, start + classes);
        const top = logits.reduce((a, b) => Math.max(a, b));
        const powers = logits.map((logit) => Math.exp(logit - top));
        const sum = powers.reduce((a, b) => a + b);
        output.set(
          powers.map((power) => power / sum),
          start,
        );
      }
      return output;
    },

    backward(_pass, _inputs, output, gradient) {
      const byInput = new Float64Array(output.length);
      for (let start = 0; start < output.length; start += classes) {
        let product = 0;
        for (let index = start; index < start + classes; index++) product += gradient[index] * output[index];
        for (let index = start; index < start + classes; index++) {
          byInput[index] = output[index] * (gradient[index] - product);
        }
      }
      return [byInput];
    },
  };
}
