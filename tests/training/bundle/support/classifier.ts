import type { Manifest } from '@inkcast/shared/bundle';
import { modelFile } from '@inkcast/training/bundle';
import { sampleManifest } from '../../../support/sample-manifest.js';
import { sampleModel } from '../../../support/sample-tflite.js';

const labels = ['0', '1', 'none'];
const figures = { accuracy: 1, loss: 0, perClass: [1, 1, 1], confusion: [0, 1, 2].map(() => [1, 1, 1]) };

/** The model file of a small classifier. */
export const classifier = modelFile(sampleModel(), { name: 'sample', version: '1.0.0', labels });

/** What `sampleManifest` must say otherwise about this classifier. */
export const described: Partial<Manifest> = {
  labels,
  input: { ...sampleManifest().input, shape: [1, 6, 6, 1] },
  output: { ...sampleManifest().output, shape: [1, 3] },
  metrics: { float: figures, int8: figures },
};
