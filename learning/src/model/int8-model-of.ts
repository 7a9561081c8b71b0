import type { Bundle, BundleVerifier } from '@inkcast/shared/bundle/content';
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
