import { InkError } from '@inkcast/shared/errors';
import type { TfLiteLibrary } from '@inkcast/shared/tflite';
import { EDGE_TPU_OPERATOR } from '@inkcast/shared/tflite-file';
import type { EdgeTpuLibrary } from './edge-tpu-library.js';
import { InterpreterBackEnd } from './interpreter-back-end.js';

/**
 * Loads a model that was compiled for the Edge TPU onto the first accelerator. A native crash here ends the whole
 * process; see `tryCoral`.
 *
 * @param model the bytes of the bundle's model_edgetpu.tflite
 * @throws InkError INK_CORAL_FAILED if there is no device or it refuses the model; what `loadModel` throws
 */
export function openCoralBackEnd(
  library: TfLiteLibrary,
  edgeTpu: EdgeTpuLibrary,
  model: Uint8Array,
): InterpreterBackEnd {
  const [device] = edgeTpu.listDevices();
  if (device === undefined) throw new InkError('INK_CORAL_FAILED', 'No Coral accelerator is plugged in.');
  const loaded = library.loadModel(model);
  try {
    // Without the Edge TPU's operator, the processor would silently run the whole model.
    if (!loaded.graph.operators.some((operator) => operator.kind === 'custom' && operator.code === EDGE_TPU_OPERATOR)) {
      throw new InkError('INK_CORAL_FAILED', 'The model was not compiled for the Edge TPU.');
    }
    return new InterpreterBackEnd('coral', loaded, loaded.createInterpreter({ delegate: edgeTpu.delegate(device) }));
  } catch (error) {
    loaded.close();
    if (error instanceof InkError && error.code === 'INK_TFLITE_INTERPRETER') {
      throw new InkError('INK_CORAL_FAILED', `The Coral accelerator at ${device.path}: ${error.message}`, {
        cause: error,
      });
    }
    throw error;
  }
}
