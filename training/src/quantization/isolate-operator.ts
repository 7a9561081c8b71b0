import { InkError } from '@inkcast/shared/errors';
import type { TfliteModel, TfliteTensor } from '@inkcast/shared/tflite-file';
import { GraphBuilder } from '../tflite/index.js';
import { dequantized } from './dequantized.js';

/**
 * The float graph with one operator computed as the int8 graph rounds: its constants are those of the int8 graph, and
 * its output passes through that graph's 256 steps. Every other operator stays in float, so that what changes at the
 * end is this operator's doing.
 *
 * @param quantized tensors of the int8 graph by name
 */
export function isolateOperator(
  float: TfliteModel,
  quantized: ReadonlyMap<string, TfliteTensor>,
  position: number,
): TfliteModel {
  const graph = new GraphBuilder();
  const isolated = float.operators[position];
  float.tensors.forEach((tensor, index) => {
    const rounded = isolated.inputs.includes(index) ? quantized.get(tensor.name) : undefined;
    graph.tensor(tensor.type === 'float32' && rounded?.data !== undefined ? dequantized(rounded, tensor) : tensor);
  });
  float.operators.forEach((operator, index) => {
    if (index !== position) {
      graph.operator(operator);
      return;
    }
    const [output] = operator.outputs;
    const tensor = float.tensors[output];
    const [exact, steps] = [`${tensor.name}/exact`, `${tensor.name}/steps`];
    const exactAt = graph.tensor({ ...tensor, name: exact });
    const stepsAt = graph.tensor({ ...tensor, ...int8Of(quantized, tensor.name), name: steps });
    graph.operator({ ...operator, outputs: [exactAt] });
    graph.operator({ kind: 'quantize', inputs: [exactAt], outputs: [stepsAt] });
    graph.operator({ kind: 'dequantize', inputs: [stepsAt], outputs: [output] });
  });
  return graph.build({ ...float, signatures: [], metadata: new Map() });
}

function int8Of(
  quantized: ReadonlyMap<string, TfliteTensor>,
  name: string,
): Pick<TfliteTensor, 'type' | 'quantization'> {
  const { type, quantization } = quantized.get(name) ?? {};
  if (type === 'int8' && quantization !== undefined) return { type, quantization };
  throw new InkError('INK_QUANTIZE_FAILED', `The int8 graph has no tensor "${name}".`);
}
