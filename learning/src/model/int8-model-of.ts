import { type Bundle, openBundle } from '@inkcast/shared/bundle';
import type { Int8Model } from './opinions.js';

export const int8ModelOf = ({ model, manifest }: Pick<Bundle, 'model' | 'manifest'>): Int8Model => ({
  name: manifest.name,
  model,
  labels: manifest.labels,
  temperature: manifest.temperature,
});

/** The model of the bundle in a folder. @throws InkError what is wrong with it */
export const openModelIn = async (folder: string): Promise<Int8Model> => int8ModelOf(await openBundle(folder));
