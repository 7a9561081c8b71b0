import { tableOf } from './reader-number.js';

/** Numbers for running the networks. */
export const INFERENCE_NUMBERS = tableOf({
  sameDigitIou: {
    value: 0.5,
    unit: 'intersection over union',
    meaning: "Boxes of two octaves that share more are the same digit's",
    source: {
      definition:
        'what detection counts as a hit (Everingham et al., "The PASCAL Visual Object Classes Challenge", 2010)',
    },
  },
  spotterSizesOpen: {
    value: 2,
    unit: 'sizes',
    meaning: 'Sizes of picture for which a spotter stays open',
    source: { definition: 'frames come in one, and pictures that turn between two' },
  },
});
