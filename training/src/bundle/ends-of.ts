import type { SpotterDescription } from '@inkcast/shared/bundle/content';
import { InkError } from '@inkcast/shared/errors';
import { readTflite, type TfliteModel } from '@inkcast/shared/tflite-file';
import { describeTensor } from './describe-tensor.js';

/**
 * The input and the output of a model.
 *
 * @param range real values of the bytes 0 and 255 for the network
 * @throws InkError INK_QUANTIZE_FAILED where one of them is not int8
 */
export function endsOf(model: Uint8Array, range: [number, number]): Pick<SpotterDescription, 'input' | 'output'> {
  const graph = readTflite(model);
  const [input, output] = [int8Tensor(graph, graph.inputs[0]), int8Tensor(graph, graph.outputs[0])];
  return { input: { ...input, range }, output };
}

function int8Tensor(graph: TfliteModel, index: number): SpotterDescription['output'] {
  const { dtype, ...rest } = describeTensor(graph, index);
  if (dtype !== 'int8')
    throw new InkError('INK_QUANTIZE_FAILED', `A spotter or verifier must be int8, and this one has ${dtype}.`);
  return { dtype, ...rest };
}
