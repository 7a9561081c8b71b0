import type { Bundle } from '@inkcast/shared/bundle';
import { DIGIT_SIDE } from '@inkcast/shared/normalization';
import { type BackEndSettings, openBackEnd, referenceOf } from '../../inference/index.js';
import type { Check } from '../check.js';

/** Whether the model bundle is whole. */
export function modelCheck(open: () => Promise<Bundle>): Check {
  return {
    name: 'model',
    run: async () => {
      const bundle = await open();
      return { status: 'ok', detail: `${referenceOf(bundle)} in ${bundle.folder} agrees with its manifest.` };
    },
  };
}

/** Whether TensorFlow Lite loads and runs the model, accelerators apart. */
export function inferenceCheck(open: () => Promise<Bundle>, settings: BackEndSettings): Check {
  return {
    name: 'tensorflow-lite',
    run: async () => {
      const notes: string[] = [];
      const choice = settings.choice === 'coral' ? 'cpu' : settings.choice;
      const backEnd = await openBackEnd(await open(), { ...settings, choice, onNote: (note) => notes.push(note) });
      try {
        backEnd.run(new Int8Array(DIGIT_SIDE * DIGIT_SIDE));
        if (notes.length === 0) return { status: 'ok', detail: `The ${backEnd.name} back end runs the model.` };
        const remedy = 'Nothing needs to be done; docs/back-ends.md tells what this costs.';
        return { status: 'warning', detail: notes.join(' '), remedy };
      } finally {
        backEnd.close();
      }
    },
  };
}
