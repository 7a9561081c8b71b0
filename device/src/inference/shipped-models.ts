import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bundle } from '@inkcast/shared/bundle';
import { ModelStore, openDefaultBundle } from './model-store.js';

/** The models that ship and those that are installed below a device's state folder. */
export function modelStoreIn(state: string): ModelStore {
  return new ModelStore({ shipped: shippedModels(), installed: join(state, 'models') });
}

/** The folder of the bundles that ship with Inkcast. */
export function shippedModels(): string {
  return fileURLToPath(new URL('../../../models', import.meta.url));
}

/** Where a reader's networks are: the bundle of its classifier, and the one that `companionsOf` returns for it. */
export interface ModelFolders {
  readonly classifier: string;
  readonly companions: string;
}

/**
 * The bundle whose spotters and judgement are used with a bundle's classifier: the bundle itself, or the shipped one if
 * it has neither. So a bundle with only a classifier is valid. Spotters and judgement always come from the same bundle,
 * because a judgement is fitted to the output of its spotters.
 *
 * @param shipped folder of the bundles that ship
 * @throws InkError what is wrong with the bundle that ships
 */
export async function companionsOf(bundle: Bundle, shipped: string = shippedModels()): Promise<Bundle> {
  return bundle.spotters.length > 0 || bundle.judgement !== undefined ? bundle : openDefaultBundle(shipped);
}
