import { readTflite, type TfliteModel } from '@inkcast/shared/tflite-file';
import { attachFiles, METADATA_NAME, modelMetadata, readAttached, writeTflite } from '../tflite/index.js';

const LABEL_FILE = 'labels.txt';
const LICENSE = 'Apache-2.0';

/** The name and version of a model, and the meaning of its outputs. */
export interface ModelIdentity {
  readonly name: string;
  readonly version: string;
  readonly labels: readonly string[];
}

/** The .tflite file of a classifier, with metadata and labels that tell other tools how to use it. */
export function modelFile(graph: TfliteModel, { name, version, labels }: ModelIdentity): Uint8Array {
  const [, height, width] = graph.tensors[graph.inputs[0]].shape;
  const description = modelMetadata({
    name,
    version,
    description: `Classifies pictures of one handwritten character: ${labels.join(', ')}.`,
    license: LICENSE,
    size: [height, width],
    labelFile: LABEL_FILE,
  });
  const metadata = new Map([...graph.metadata, [METADATA_NAME, description]]);
  const content = new TextEncoder().encode(labels.map((label) => `${label}\n`).join(''));
  return attachFiles(writeTflite({ ...graph, metadata }), new Map([[LABEL_FILE, content]]));
}

/**
 * The labels of a .tflite file's outputs: the attached labels, one per line, or the numbers of the outputs from 0 on if no
 * labels are attached.
 *
 * @throws InkError INK_TFLITE_INVALID or INK_TFLITE_UNSUPPORTED
 */
export function labelsOf(file: Uint8Array): readonly string[] {
  const { tensors, outputs } = readTflite(file);
  const count = tensors[outputs[0]].shape.at(-1) ?? 0;
  return attachedLabels(file, count) ?? Array.from({ length: count }, (_, index) => String(index));
}

/** The labels that are attached to a .tflite file, one per line, if there are as many as outputs. */
export function attachedLabels(file: Uint8Array, count: number): readonly string[] | undefined {
  const attached = [...readAttached(file)].filter(([name]) => name.endsWith('.txt'));
  for (const [, content] of attached) {
    const lines = new TextDecoder()
      .decode(content)
      .split(/\r?\n/)
      .map((line) => line.trim());
    if (lines.at(-1) === '') lines.pop();
    if (lines.length === count && lines.every((line) => line !== '')) return lines;
  }
  return undefined;
}
