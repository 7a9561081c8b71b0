import { Verifier, verifierOf } from '@inkcast/reader/inference';
import type { Bundle } from '@inkcast/shared/bundle';
import { openBackEnd } from './open-back-end.js';
import { type BackEndSettings, onProcessor } from './open-runtime.js';

/**
 * Opens a verifier. With `coral`, the processor runs it: it takes a tenth of a millisecond there.
 *
 * @param companions the bundle that `companionsOf` returns
 * @throws InkError INK_BUNDLE_INVALID if there is no verifier, and what the chosen back end throws
 */
export async function openVerifier(
  companions: Pick<Bundle, 'verifier' | 'folder'>,
  settings: BackEndSettings,
): Promise<Verifier> {
  const { description, model } = verifierOf(companions);
  return new Verifier(description, await openBackEnd({ model }, onProcessor(settings)));
}
