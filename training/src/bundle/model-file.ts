import type { TfliteModel } from '@inkcast/shared/tflite-file';
import { attachFiles, METADATA_NAME, modelMetadata, writeTflite } from '../tflite/index.js';

const LABEL_FILE = 'labels.txt';
const LICENSE = 'Apache-2.0';

/** Under what name and version a model goes out, and what its outputs stand for. */
export interface ModelIdentity {
  readonly name: string;
  readonly version: string;
  readonly labels: readonly string[];
}

/** The .tflite file of a classifier, with metadata and labels from which other tools know how to use it. */
export function modelFile(graph: TfliteModel, { name, version, labels }: ModelIdentity): Uint8Array {
  const [, height, width] = graph.tensors[graph.inputs[0]].shape;
  const description = modelMetadata({
    name,
    version,
    description: `Tells pictures of one handwritten character apart: ${labels.join(', ')}.`,
    license: LICENSE,
    size: [height, width],
    labelFile: LABEL_FILE,
  });
  const metadata = new Map([...graph.metadata, [METADATA_NAME, description]]);
  const content = new TextEncoder().encode(labels.map((label) => `${label}\n`).join(''));
  return attachFiles(writeTflite({ ...graph, metadata }), new Map([[LABEL_FILE, content]]));
}
