import { importKerasModel } from '../keras-import/index.js';
import type { ImportedModel, ImportOptions } from '../network-assembly/index.js';
import { importTflite } from '../tflite-import/index.js';

/**
 * Converts a model that another program trained into a `Network`, whose input is ink from 0 to 1 and whose outputs are
 * probabilities.
 *
 * @param path of a .h5 or .keras file of Keras, a model.json of TensorFlow.js, or a .tflite file
 * @throws InkError INK_CONVERT_UNSUPPORTED naming the first unsupported layer or operator; INK_CONVERT_INVALID where
 *   a file is damaged, INK_TFLITE_INVALID, INK_TFLITE_UNSUPPORTED, INK_FILE_UNREADABLE, INK_GRAPH_INVALID, INK_USAGE for wrong labels
 */
export const importModel = (path: string, options: ImportOptions = {}): Promise<ImportedModel> =>
  path.endsWith('.tflite') ? importTflite(path, options) : importKerasModel(path, options);
