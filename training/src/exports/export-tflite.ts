import type { TfliteModel, TfliteOperator, TfliteTensor } from '@inkcast/shared/tflite-file';
import { type ModelIdentity, modelFile } from '../bundle/index.js';
import type { TrainedNetwork } from '../checkpoint/index.js';
import { numberToHalf } from '../half-floats/index.js';
import { convertNetwork } from '../tflite-conversion/index.js';

/** A .tflite file that computes in float32. @param weights how weights are stored; default `float32` */
export function exportTflite(
  { network, parameters, labels }: TrainedNetwork,
  identity: Omit<ModelIdentity, 'labels'>,
  weights: 'float32' | 'float16' = 'float32',
): Uint8Array {
  const graph = convertNetwork(network, parameters);
  return modelFile(weights === 'float32' ? graph : withHalfWeights(graph), { ...identity, labels });
}

/**
 * The graph with its float32 constants as float16, each followed by a DEQUANTIZE, as TensorFlow's converter writes it: half
 * the size, and runtimes for float16 skip the DEQUANTIZE.
 */
function withHalfWeights(graph: TfliteModel): TfliteModel {
  const tensors: TfliteTensor[] = [...graph.tensors];
  const operators: TfliteOperator[] = [];
  graph.tensors.forEach((tensor, index) => {
    const { name, shape, type, data } = tensor;
    if (type !== 'float32' || data === undefined) return;
    const values = new Float32Array(data.slice().buffer);
    const halves = new Uint8Array(Uint16Array.from(values, numberToHalf).buffer);
    tensors[index] = { name: `${name}/dequantized`, type, shape };
    const half = tensors.push({ name, type: 'float16', shape, data: halves }) - 1;
    operators.push({ kind: 'dequantize', version: 3, inputs: [half], outputs: [index] });
  });
  return { ...graph, tensors, operators: [...operators, ...graph.operators] };
}
