import { asInkError } from '@inkcast/shared/errors';
import { openTfLite } from '@inkcast/shared/tflite';
import { z } from 'zod';
import { openCoralBackEnd } from './coral-back-end.js';
import type { TrialAnswer } from './coral-trial.js';
import { openEdgeTpuLibrary } from './edge-tpu-library.js';

// The process that `tryCoral` starts. It exists because it may crash.

const trialSchema = z.object({
  model: z.instanceof(Uint8Array),
  tflite: z.string().optional(),
  edgeTpu: z.string(),
});

function attempt(message: unknown): TrialAnswer {
  try {
    const { model, tflite, edgeTpu } = trialSchema.parse(message);
    const library = openTfLite(tflite === undefined ? {} : { library: tflite });
    const backEnd = openCoralBackEnd(library, openEdgeTpuLibrary(edgeTpu), model);
    backEnd.run(new Int8Array(backEnd.inputSize));
    backEnd.close();
    library.close();
    return { status: 'ok' };
  } catch (error) {
    const { code, message } = asInkError(error);
    return {
      status: 'refused',
      code: code === 'INK_CORAL_LIBRARY' ? code : 'INK_CORAL_FAILED',
      message,
    };
  }
}

process.once('message', (message) => {
  process.send?.(attempt(message), () => process.disconnect());
});
