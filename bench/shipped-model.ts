import { join } from 'node:path';
import {
  type DigitClassifier,
  openCheckedBundle,
  openClassifier,
  openCpuBackEnd,
  referenceOf,
  shippedModels,
} from '@inkcast/device/inference';
import type { Bundle } from '@inkcast/shared/bundle';
import { openTfLite } from '@inkcast/shared/tflite';

/** A bundle and the classifier over it, which the caller closes. */
export interface OpenedModel {
  readonly bundle: Bundle;
  /** `name@version`. */
  readonly reference: string;
  readonly classifier: DigitClassifier;
}

/** Opens the model that ships, on the processor; INKCAST_BENCH_MODEL names the folder of another bundle. */
export async function openShippedModel(): Promise<OpenedModel> {
  const bundle = await openCheckedBundle(process.env.INKCAST_BENCH_MODEL ?? join(shippedModels(), 'digits'));
  const library = openTfLite();
  const classifier = openClassifier(bundle, ({ model }) => openCpuBackEnd(library, model));
  return { bundle, reference: referenceOf(bundle), classifier };
}
