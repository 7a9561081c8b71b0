import { FrameReader } from '@inkcast/device/reading';
import { openOpenCvWasm } from '@inkcast/device/vision';
import { type OpenedModel, openModel, openReadingModel } from './open-model.js';

/** A model, and the reader that uses it with the WASM build of OpenCV; the caller closes it. */
export interface OpenedReader extends OpenedModel {
  readonly reader: FrameReader;
  close(): void;
}

/**
 * Opens what it takes to read single frames.
 *
 * @param bundle the folder of a bundle; undefined: the model that reads
 * @throws InkError what vision or inference throws
 */
export async function openReader(bundle?: string): Promise<OpenedReader> {
  const operations = await openOpenCvWasm();
  const model = await (bundle === undefined ? openReadingModel() : openModel(bundle));
  const { classifier } = model;
  return { ...model, reader: new FrameReader(operations, classifier), close: () => classifier.close() };
}
