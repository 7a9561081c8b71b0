import { join } from 'node:path';
import { openCheckedBundle, openCpuBackEnd, referenceOf, shippedModels } from '@inkcast/device/inference';
import { type DigitClassifier, openClassifier } from '@inkcast/reader/inference';
import { openTfLite } from '@inkcast/shared/tflite';

/** A model ready to classify; the caller closes the classifier. */
export interface OpenedModel {
  /** `name@version`. */
  readonly reference: string;
  readonly classifier: DigitClassifier;
}

/** Opens one of the bundles that ship, on the processor. */
export const openShippedModel = (name: string): Promise<OpenedModel> => openModel(join(shippedModels(), name));

/** Opens the bundle in a folder, on the processor. */
export async function openModel(folder: string): Promise<OpenedModel> {
  const bundle = await openCheckedBundle(folder);
  const classifier = openClassifier(bundle, openCpuBackEnd(openTfLite(), bundle.model));
  return { reference: referenceOf(bundle), classifier };
}
