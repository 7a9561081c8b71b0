import type { TfliteModel } from '@inkcast/shared/tflite-file';

/**
 * The model with every computed tensor as an output, in the order of its operators: an output keeps its memory until the
 * end of a run, so that all can be read.
 */
export const exposeComputed = (model: TfliteModel): TfliteModel => ({
  ...model,
  outputs: model.operators.flatMap(({ outputs }) => outputs),
  signatures: [],
});
