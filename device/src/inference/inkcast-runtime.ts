import { readFile } from 'node:fs/promises';
import { engineCode, openEngine } from '@inkcast/reader/engine';
import { InkError, reasonOf } from '@inkcast/shared/errors';
import type { TfLiteRuntime } from './tflite-runtime.js';

/**
 * Inkcast's own inference engine, which computes what XNNPACK does on x64, so that a picture reads the same with both.
 *
 * @throws InkError INK_TFLITE_LIBRARY if it cannot be loaded
 */
export async function loadInkcastRuntime(): Promise<TfLiteRuntime> {
  const code = await readFile(engineCode()).catch((cause: unknown) => {
    throw new InkError('INK_TFLITE_LIBRARY', `Inkcast's engine cannot be loaded: ${reasonOf(cause)}.`, { cause });
  });
  const engine = await openEngine(code, 'xnnpack');
  return { library: undefined, open: (model) => engine.open(model), close: () => engine.close() };
}
