import { type Bundle, EDGE_TPU_MODEL_FILE } from '@inkcast/shared/bundle';
import { InkError } from '@inkcast/shared/errors';
import { type BackEndSettings, EDGE_TPU_LIBRARY, presentCorals, tryCoral } from '../../inference/index.js';
import type { Check } from '../check.js';

/** Checks that the Coral accelerator works, if the configuration requests it. */
export function acceleratorCheck(
  open: () => Promise<Bundle>,
  { choice, library, coral: { edgeTpu = EDGE_TPU_LIBRARY, root = '/' } = {} }: BackEndSettings,
): Check {
  return {
    name: 'accelerator',
    run: async (signal) => {
      const present = await presentCorals(root);
      if (choice !== 'coral') {
        const found = present.length === 0 ? 'None is plugged in' : `A Coral is plugged in (${present.join('; ')})`;
        return { status: 'ok', detail: `${found}, and inference.backEnd is ${choice}, which uses none.` };
      }
      const bundle = await open();
      const model = bundle.edgeTpuModel;
      if (model === undefined) {
        throw new InkError('INK_CORAL_FAILED', `The bundle ${bundle.folder} has no ${EDGE_TPU_MODEL_FILE}.`);
      }
      await tryCoral({ model, edgeTpu, tflite: library }, signal);
      return { status: 'ok', detail: 'The Coral accelerator runs the model.' };
    },
  };
}
