import type { Bundle } from '@inkcast/shared/bundle';
import { openDefaultBundle } from './model-store.js';
import { shippedModels } from './model-store-in.js';

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
