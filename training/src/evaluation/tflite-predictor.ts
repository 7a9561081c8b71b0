import { openTfLite } from '@inkcast/shared/tflite';
import { InterpreterPredictor, type TfliteSource } from './interpreter-predictor.js';
import type { InkRange, Predictor } from './predictor.js';

/**
 * Loads a .tflite file into TensorFlow Lite, with its built-in kernels. `close` frees it. A model that ends without a softmax
 * gets one here.
 *
 * @param range real values of its input for no ink and full ink. Default: `usualRange`
 * @throws InkError INK_TFLITE_LIBRARY, INK_TFLITE_INVALID, INK_TFLITE_UNSUPPORTED or INK_TFLITE_INTERPRETER
 */
export function startTflitePredictor(source: TfliteSource, range?: InkRange): Predictor {
  const library = openTfLite();
  try {
    const loaded = library.loadModel(source.model);
    const interpreter = loaded.createInterpreter();
    const [[input], [output]] = [interpreter.inputs, interpreter.outputs];
    const model = { input, output, invoke: () => interpreter.invoke(), close: () => library.close() };
    return new InterpreterPredictor(source, model, loaded.graph, range);
  } catch (error) {
    library.close();
    throw error;
  }
}
