import { openTfLite } from '@inkcast/shared/tflite';
import { tfliteTools } from '@inkcast/training/bundle';
import { BatchLoader } from '@inkcast/training/data';
import { createEngine } from '@inkcast/training/engine';
import { decompress } from '@inkcast/training/replay';
import type { LearningTools } from '../tools/index.js';
import { verifyCandidate } from './verify-candidate.js';

/** Learning's tools on Node.js, with TensorFlow Lite's library. */
export interface NodeTools extends LearningTools {
  /** Frees the library. */
  close(): void;
}

/** @throws InkError INK_TFLITE_LIBRARY */
export function openNodeTools(): NodeTools {
  const library = openTfLite();
  return {
    ...tfliteTools(library),
    createEngine,
    decompress,
    loadBatches: (options) => new BatchLoader(options),
    verify: (model, pictures) => verifyCandidate(library, model, pictures),
    close: () => library.close(),
  };
}
