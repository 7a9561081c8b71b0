import { InkError } from '@inkcast/shared/errors';
import type { TensorData, TfLiteLibrary } from '@inkcast/shared/tflite';
import { elementCount, type TfliteModel } from '@inkcast/shared/tflite-file';
import { exposeComputed, writeTflite } from '../tflite/index.js';

/**
 * Runs a graph over inputs one by one in TensorFlow Lite's built-in kernels and shows every input and computed tensor of
 * each run; the values are valid during the call.
 *
 * @param inputs one after the other, of the type that the graph takes
 */
export function runGraph(
  library: TfLiteLibrary,
  model: TfliteModel,
  inputs: Float32Array | Int8Array | Uint8Array,
  visit: (tensor: number, values: TensorData) => void,
): void {
  const exposed = exposeComputed(model);
  const loaded = library.loadModel(writeTflite(exposed));
  try {
    const interpreter = loaded.createInterpreter();
    const [input] = interpreter.inputs;
    const size = elementCount(input.shape);
    if (inputs.length % size !== 0) {
      throw new InkError('INK_QUANTIZE_FAILED', `${inputs.length} values are no whole number of the model's inputs.`);
    }
    for (let start = 0; start < inputs.length; start += size) {
      input.data.set(inputs.subarray(start, start + size));
      interpreter.invoke();
      visit(model.inputs[0], input.data);
      for (const [index, tensor] of exposed.outputs.entries()) visit(tensor, interpreter.outputs[index].data);
    }
  } finally {
    loaded.close();
  }
}
