import type { DropoutLayer } from '../../models/index.js';
import { dropoutKey, dropoutThreshold, isKept } from '../dropout-mask.js';
import type { Operation, Pass } from './operation.js';

/** The sum of two maps or more. */
export const add: Operation = {
  forward: (_pass, inputs) => inputs.reduce((sum, input) => sum.map((value, index) => value + input[index])),
  backward: (_pass, inputs, _output, gradient) => inputs.map(() => gradient),
};

/** The product of two maps of one shape, or of a map and one value for each of its channels. */
export function multiply(size: number, gateSize: number): Operation {
  const gateIndex = (index: number): number =>
    gateSize === size ? index : Math.floor(index / size) * gateSize + (index % gateSize);
  return {
    forward: (_pass, [map, gate]) => map.map((value, index) => value * gate[gateIndex(index)]),
    backward(_pass, [map, gate], _output, gradient) {
      const byGate = new Float64Array(gate.length);
      gradient.forEach((slope, index) => {
        byGate[gateIndex(index)] += slope * map[index];
      });
      return [gradient.map((slope, index) => slope * gate[gateIndex(index)]), byGate];
    },
  };
}

/** The channels of several maps of one height and width, one map's behind the other's; vectors are maps of one pixel. */
export function concat(channels: readonly number[]): Operation {
  const total = channels.reduce((a, b) => a + b);
  const visit = (length: number, move: (joined: number, part: number, own: number) => void): void => {
    for (let pixel = 0; pixel < length / total; pixel++) {
      let joined = pixel * total;
      channels.forEach((own, part) => {
        for (let channel = 0; channel < own; channel++) move(joined++, part, pixel * own + channel);
      });
    }
  };
  return {
    forward(_pass, inputs) {
      const output = new Float64Array(inputs.reduce((length, input) => length + input.length, 0));
      visit(output.length, (joined, part, own) => {
        output[joined] = inputs[part][own];
      });
      return output;
    },
    backward(_pass, inputs, _output, gradient) {
      const byInputs = inputs.map((input) => new Float64Array(input.length));
      visit(gradient.length, (joined, part, own) => {
        byInputs[part][own] = gradient[joined];
      });
      return byInputs;
    },
  };
}

/** The same values in another shape. */
export const flatten: Operation = {
  forward: (_pass, [input]) => input,
  backward: (_pass, _inputs, _output, gradient) => [gradient],
};

/** Srivastava et al., "Dropout", 2014, with the kept units scaled up while training. */
export function dropout(layer: DropoutLayer, layerIndex: number): Operation {
  const threshold = dropoutThreshold(layer.rate);
  const mask = (pass: Pass, values: Float64Array): Float64Array => {
    if (!pass.training) return values;
    const key = dropoutKey(pass.seed, pass.step, layerIndex);
    return values.map((value, index) => (isKept(key, index, threshold) ? value / (1 - layer.rate) : 0));
  };
  return {
    forward: (pass, [input]) => mask(pass, input),
    backward: (pass, _inputs, _output, gradient) => [mask(pass, gradient)],
  };
}
