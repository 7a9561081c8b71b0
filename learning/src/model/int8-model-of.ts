import { type Bundle, type BundleVerifier, openBundle } from '@inkcast/shared/bundle';
import type { Int8Model } from './opinions.js';

export const int8ModelOf = ({ model, manifest }: Pick<Bundle, 'model' | 'manifest'>): Int8Model => ({
  name: manifest.name,
  model,
  labels: manifest.labels,
  temperature: manifest.temperature,
  output: 'probabilities',
});

/** The judgement, not a temperature, makes probabilities of what a verifier says. */
export const verifierModelOf = ({
  model,
  description,
}: {
  readonly model: Uint8Array;
  readonly description: Pick<BundleVerifier['description'], 'labels'>;
}): Int8Model => ({
  name: 'verifier',
  model,
  labels: description.labels,
  temperature: 1,
  output: 'logits',
});

/** The model of the bundle in a folder. @throws InkError what is wrong with it */
export const openModelIn = async (folder: string): Promise<Int8Model> => int8ModelOf(await openBundle(folder));
