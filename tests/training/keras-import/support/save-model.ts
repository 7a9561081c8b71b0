import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** The part of a model.json that tests change. */
export interface ModelJson {
  modelTopology: unknown;
  weightsManifest: { paths: string[]; weights: { name: string; shape: number[]; dtype: string }[] }[];
  [key: string]: unknown;
}

/** A saved model: its model.json and the bytes of its weights. */
export interface SavedFiles {
  readonly json: ModelJson;
  readonly weights: Uint8Array;
}

/** What TensorFlow.js saves of a model, as its handlers for browsers and Node.js get it. */
export async function savedFiles(model: LayersModel): Promise<SavedFiles> {
  let saved: SavedFiles | undefined;
  const handler = tf.io.withSaveHandler(async ({ modelTopology, weightSpecs = [], weightData, ...about }) => {
    const buffers = [weightData ?? []].flat().map((buffer) => new Uint8Array(buffer));
    const weights = weightSpecs.map(({ name, shape, dtype }) => ({ name, shape: [...shape], dtype }));
    const manifest = [{ paths: ['weights.bin'], weights }];
    const { format, generatedBy, convertedBy } = about;
    saved = {
      // Through text, as a file would keep it.
      json: JSON.parse(JSON.stringify({ format, generatedBy, convertedBy, modelTopology, weightsManifest: manifest })),
      weights: Buffer.concat(buffers),
    };
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
  });
  await model.save(handler);
  if (saved === undefined) throw new Error('TensorFlow.js saved nothing');
  return saved;
}

/** Writes a model.json with its weights. @returns the path of the model.json */
export async function writeModel(folder: string, { json, weights }: SavedFiles): Promise<string> {
  const paths = json.weightsManifest.flatMap((group) => group.paths);
  const size = Math.ceil(weights.length / paths.length);
  for (const [index, path] of paths.entries()) {
    await writeFile(join(folder, path), weights.subarray(index * size, (index + 1) * size));
  }
  const path = join(folder, 'model.json');
  await writeFile(path, JSON.stringify(json));
  return path;
}
