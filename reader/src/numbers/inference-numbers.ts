import { tableOf } from './reader-number.js';

/** Numbers for running the networks. */
export const INFERENCE_NUMBERS = tableOf({
  sameDigitIou: {
    value: 0.5,
    unit: 'intersection over union',
    meaning: 'Boxes of two octaves that share more are the same digit',
    source: {
      definition:
        'the usual threshold for a hit in detection (Everingham et al., "The PASCAL Visual Object Classes Challenge", 2010)',
    },
  },
  spotterSizesOpen: {
    value: 4,
    unit: 'sizes',
    meaning: 'Number of picture sizes for which a spotter stays open',
    source: { definition: 'a frame is two pictures, and pictures that may be turned have two sizes' },
  },
});
