import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openTfLite } from '@inkcast/shared/tflite';
import { exportHdf5, exportModelJson, exportTflite, WEIGHTS_FILE } from '@inkcast/training/exports';
import { importModel } from '@inkcast/training/model-import';
import { initializeParameters, NetworkBuilder } from '@inkcast/training/models';
import { inRepository } from '../../repository/index.js';
import { fuzzedBytes, pick } from '../mutate.js';
import type { OpenTarget } from '../target.js';
import { kerasArchive } from './keras-archive.js';

const WORDS = ['"filters": 4', '"units": -1', '"kernel_size": [0, 0]', 'NaN', '1e999', 'null', '"same"', '"Dense"'];

/** Model files of Keras, TensorFlow.js and TensorFlow Lite; a .tflite file is run by TensorFlow Lite too. */
export const open: OpenTarget = async (folder) => {
  const library = openTfLite();
  const network = new NetworkBuilder('fuzzed', [12, 12, 1])
    .conv2d(3, 3, { padding: 'same', bias: false })
    .batchNorm()
    .relu()
    .depthwiseConv2d(3, { strides: 2 })
    .maxPool(2)
    .flatten()
    .dense(3)
    .softmax()
    .build();
  const trained = { network, parameters: initializeParameters(network, 1), labels: ['a', 'b', 'c'] };
  const tfjs = exportModelJson(trained, 'fuzz');
  await writeFile(join(folder, WEIGHTS_FILE), tfjs.weights);
  const hdf5 = Buffer.from(await exportHdf5(trained));
  const samples: Readonly<Record<string, readonly Uint8Array[]>> = {
    h5: [hdf5],
    keras: [await kerasArchive(hdf5)],
    json: [Buffer.from(tfjs.json)],
    tflite: [
      exportTflite(trained, { name: 'fuzzed', version: '1.0.0' }, 'float32'),
      await readFile(inRepository('models/digits/verifier.tflite')),
      await readFile(inRepository('models/lenet/model.tflite')),
    ],
  };
  return {
    feed: async (random) => {
      // Half of them are of the format that a device runs.
      const format = random.integer(2) === 0 ? 'tflite' : pick(random, Object.keys(samples));
      const bytes = fuzzedBytes(random, { samples: samples[format], words: WORDS });
      if (format === 'tflite' && random.integer(2) === 0) {
        const model = library.loadModel(bytes);
        try {
          model.createInterpreter({ delegate: pick(random, ['none', 'xnnpack']) }).invoke();
        } finally {
          model.close();
        }
        return;
      }
      const path = join(folder, `model.${format}`);
      await writeFile(path, bytes);
      await importModel(path);
    },
    handles: () => library.openHandles,
    close: async () => library.close(),
  };
};
