import type { Layer } from '../../../models/index.js';
import type { Backward, Flow } from './flow.js';
import { at } from './program.js';

/** The sum of two layers or more. */
export function lowerAdd(flow: Flow, layer: Layer): Backward {
  const { builder } = flow;
  const [first, second, ...rest] = layer.inputs;
  const size = builder.size(layer.name);
  const output = flow.output(layer.name);
  builder.call('addValues', { a: flow.value(first), b: flow.value(second), output, size });
  for (const other of rest) builder.call('accumulate', { input: flow.value(other), output, size });
  return () => {
    const slopes = flow.gradient(layer.name);
    // All but the last take a copy; the last may take the buffer, which nobody reads afterwards.
    for (const name of layer.inputs.slice(0, -1)) {
      flow.contribute(name, (output) => builder.call('copyValues', { input: slopes, output, size }));
    }
    flow.contributeBuffer(layer.inputs.at(-1) ?? first, slopes);
  };
}

/** The product of two layers of one shape, or of a map and one value for each of its channels. */
export function lowerMultiply(flow: Flow, layer: Layer): Backward {
  const { builder } = flow;
  const [map, gate] = layer.inputs;
  const size = builder.size(map);
  const a = flow.value(map);
  const b = flow.value(gate);
  const output = flow.output(layer.name);
  if (builder.size(gate) === size) {
    builder.call('multiplyValues', { a, b, output, size });
    return () => {
      const slopes = flow.gradient(layer.name);
      flow.contribute(map, (to) => builder.call('multiplyValues', { a: slopes, b, output: to, size }));
      flow.contribute(gate, (to) => builder.call('multiplyValues', { a: slopes, b: a, output: to, size }));
    };
  }
  const channels = builder.size(gate);
  const pixels = size / channels;
  builder.call('multiplyByGate', { map: a, gate: b, output, pixels, channels });
  return () => {
    const slopes = flow.gradient(layer.name);
    flow.contribute(map, (to) =>
      builder.call('multiplyByGate', { map: slopes, gate: b, output: to, pixels, channels }),
    );
    flow.contribute(gate, (to) => builder.call('sumForGate', { map: a, slopes, gradient: to, pixels, channels }));
  };
}

/** The channels of several maps, one map's behind the other's; vectors are maps of one pixel. */
export function lowerConcat(flow: Flow, layer: Layer): Backward {
  const { builder } = flow;
  const output = flow.output(layer.name);
  const channels = builder.shape(layer.name).at(-1) ?? 1;
  const rows = builder.size(layer.name) / channels;
  const outputStep = channels * 4;
  let start = 0;
  const parts = layer.inputs.map((name) => {
    const bytes = (builder.size(name) / rows) * 4;
    const part = { name, bytes, start };
    start += bytes;
    return part;
  });
  for (const { name, bytes, start: offset } of parts) {
    const to = at(output, offset);
    builder.call('copyRows', { input: flow.value(name), output: to, rows, bytes, inputStep: bytes, outputStep });
  }
  return () => {
    const slopes = flow.gradient(layer.name);
    for (const { name, bytes, start: offset } of parts) {
      flow.contribute(name, (to) => {
        const from = at(slopes, offset);
        builder.call('copyRows', { input: from, output: to, rows, bytes, inputStep: outputStep, outputStep: bytes });
      });
    }
  };
}
