import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bundle } from '@inkcast/shared/bundle';
import { ModelStore, openDefaultBundle } from './model-store.js';

/** The models that ship, and those installed below the folder in which a device keeps its state. */
export function modelStoreIn(state: string): ModelStore {
  return new ModelStore({ shipped: shippedModels(), installed: join(state, 'models') });
}

/** The folder of the bundles that ship with Inkcast. */
export function shippedModels(): string {
  return fileURLToPath(new URL('../../../models', import.meta.url));
}

/**
 * The bundle whose spotters and judgement are used with a bundle's classifier: itself, and where it has neither the one
 * that ships, so that a classifier alone stays a valid bundle. The two are never mixed: a judgement is fitted to what
 * its spotters say.
 *
 * @param shipped folder of the bundles that ship
 * @throws InkError what is wrong with the bundle that ships
 */
export async function companionsOf(bundle: Bundle, shipped: string = shippedModels()): Promise<Bundle> {
  return bundle.spotters.length > 0 || bundle.judgement !== undefined ? bundle : openDefaultBundle(shipped);
}
