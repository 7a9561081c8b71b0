import { join } from 'node:path';
import {
  type DigitClassifier,
  openCheckedBundle,
  openClassifier,
  openCpuBackEnd,
  referenceOf,
  shippedModels,
} from '@inkcast/device/inference';
import { openTfLite } from '@inkcast/shared/tflite';

/** A model ready to classify; the caller closes the classifier. */
export interface OpenedModel {
  /** `name@version`. */
  readonly reference: string;
  readonly classifier: DigitClassifier;
}

/** Opens the model that ships, on the processor; INKCAST_BENCH_MODEL names the folder of another bundle. */
export async function openShippedModel(): Promise<OpenedModel> {
  const bundle = await openCheckedBundle(process.env.INKCAST_BENCH_MODEL ?? join(shippedModels(), 'digits'));
  const classifier = openClassifier(bundle, openCpuBackEnd(openTfLite(), bundle.model));
  return { reference: referenceOf(bundle), classifier };
}
