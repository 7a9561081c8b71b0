import { type Layer, type PoolLayer, windowGeometry } from '../../../models/index.js';
import { lookUp } from '../../look-up.js';
import type { Backward, Flow } from './flow.js';

/** A pool of any window. */
export function lowerPool(flow: Flow, layer: PoolLayer): Backward {
  const { builder } = flow;
  const [from] = layer.inputs;
  const [height, width = 1, channels = 1] = lookUp(builder.shapes, from);
  const { rows, columns } = windowGeometry([height, width], layer.pool, layer.strides, layer.padding);
  const input = flow.value(from);
  const output = flow.output(layer.name);
  const window = {
    height,
    width,
    channels,
    rows: rows.output,
    columns: columns.output,
    windowRows: layer.pool[0],
    windowColumns: layer.pool[1],
    rowStride: layer.strides[0],
    columnStride: layer.strides[1],
    top: rows.before,
    left: columns.before,
  };
  if (layer.kind === 'averagePool') {
    builder.call('poolAverage', { ...window, input, output });
    return () =>
      flow.contribute(from, (gradient) => {
        builder.call('unpoolAverage', { ...window, slopes: flow.gradient(layer.name), gradient });
      });
  }
  const pooled = builder.size(layer.name);
  const places = builder.perImage(pooled);
  builder.call('poolMaximum', { ...window, input, output, places });
  return () =>
    flow.contribute(from, (gradient) => {
      const size = builder.size(from);
      builder.call('unpoolMaximum', { slopes: flow.gradient(layer.name), places, gradient, size, pooled });
    });
}

export function lowerGlobalPool(flow: Flow, layer: Layer): Backward {
  const { builder } = flow;
  const [from] = layer.inputs;
  const channels = builder.size(layer.name);
  const pixels = builder.size(from) / channels;
  builder.call('poolGlobally', { input: flow.value(from), output: flow.output(layer.name), pixels, channels });
  return () =>
    flow.contribute(from, (gradient) => {
      builder.call('unpoolGlobally', { slopes: flow.gradient(layer.name), gradient, pixels, channels });
    });
}
