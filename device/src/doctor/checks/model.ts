import { areDigits, type Bundle, type SpotterSize } from '@inkcast/shared/bundle';
import { DIGIT_SIDE } from '@inkcast/shared/normalization';
import {
  type BackEndSettings,
  companionsOf,
  onProcessor,
  openBackEnd,
  openSpotter,
  openVerifier,
  referenceOf,
} from '../../inference/index.js';
import type { Check } from '../check.js';

/** Checks that the model bundle is complete, and names the networks in use. */
export function modelCheck(open: () => Promise<Bundle>): Check {
  return {
    name: 'model',
    run: async () => {
      const bundle = await open();
      const whole = `${referenceOf(bundle)} in ${bundle.folder} agrees with its manifest`;
      const { labels } = bundle.manifest;
      if (!areDigits(labels)) {
        return { status: 'ok', detail: `${whole}; it reads ${labels.join(', ')} from ink, without a spotter.` };
      }
      const companions = await companionsOf(bundle);
      const sizes = companions.spotters.map(({ description }) => description.size).join(' and ');
      const origin = companions.folder === bundle.folder ? 'its own' : `that of ${referenceOf(companions)}`;
      const verb = companions.verifier === undefined ? 'is' : 'and the verifier are';
      const spotter = sizes === '' ? 'no spotter is installed' : `the spotter (${sizes}) ${verb} ${origin}`;
      return {
        status: 'ok',
        detail: `${whole}; ${spotter}.`,
      };
    },
  };
}

/** Checks that TensorFlow Lite loads and runs the networks that are in use, without accelerators. */
export function inferenceCheck(open: () => Promise<Bundle>, settings: BackEndSettings, size: SpotterSize): Check {
  return {
    name: 'tensorflow-lite',
    run: async () => {
      const notes: string[] = [];
      const noted = { ...onProcessor(settings), onNote: (note: string) => notes.push(note) };
      const bundle = await open();
      const isOfDigits = areDigits(bundle.manifest.labels);
      if (isOfDigits) {
        const companions = await companionsOf(bundle);
        for (const open of [() => openSpotter(companions, size, noted), () => openVerifier(companions, noted)]) {
          (await open()).close();
        }
      }
      const backEnd = await openBackEnd(bundle, noted);
      try {
        backEnd.run(new Int8Array(DIGIT_SIDE * DIGIT_SIDE));
        const models = isOfDigits ? `the model, the ${size} spotter and the verifier` : 'the model';
        if (notes.length === 0) return { status: 'ok', detail: `The ${backEnd.name} back end runs ${models}.` };
        const remedy = 'Nothing needs to be done; docs/guide/back-ends.md tells what this costs.';
        return { status: 'warning', detail: [...new Set(notes)].join(' '), remedy };
      } finally {
        backEnd.close();
      }
    },
  };
}
