import { InkError } from '@inkcast/shared/errors';
import type { Tensor, TensorData, TfLiteLibrary } from '@inkcast/shared/tflite';
import { elementCount, type TfliteModel } from '@inkcast/shared/tflite-file';
import { exposeComputed, writeTflite } from '../tflite/index.js';

/**
 * Runs a graph over pictures one by one in TensorFlow Lite's built-in kernels. Yields every input and computed tensor of
 * each run, by index; the values are valid until the next run.
 *
 * @param images bytes 0 to 255 that stand for 0 to 1, in the order of the graph's input, one picture after the other
 * @throws InkError INK_QUANTIZE_FAILED where the bytes are no whole number of pictures, at least one
 */
export function* runGraph(
  library: TfLiteLibrary,
  model: TfliteModel,
  images: Uint8Array,
): Generator<ReadonlyMap<number, TensorData>, void> {
  const size = elementCount(model.tensors[model.inputs[0]].shape);
  if (images.length === 0) throw new InkError('INK_QUANTIZE_FAILED', 'There is no picture to calibrate with.');
  if (images.length % size !== 0) {
    throw new InkError('INK_QUANTIZE_FAILED', `${images.length} values are no whole number of the model's inputs.`);
  }
  const exposed = exposeComputed(model);
  const loaded = library.loadModel(writeTflite(exposed));
  try {
    const interpreter = loaded.createInterpreter();
    const [input] = interpreter.inputs;
    const tensors = new Map([
      [model.inputs[0], input.data],
      ...exposed.outputs.map((tensor, index) => [tensor, interpreter.outputs[index].data] as const),
    ]);
    for (let start = 0; start < images.length; start += size) {
      setPicture(input, images.subarray(start, start + size));
      interpreter.invoke();
      yield tensors;
    }
  } finally {
    loaded.close();
  }
}

/** Sets what an input takes for a picture's bytes; an int8 one has the scale 1/255 and zero point -128. */
function setPicture({ type, data }: Tensor, picture: Uint8Array): void {
  for (let index = 0; index < picture.length; index++) {
    const byte = picture[index];
    data[index] = type === 'float32' ? byte / 255 : type === 'int8' ? byte - 128 : byte;
  }
}
