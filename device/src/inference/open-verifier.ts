import { Verifier } from '@inkcast/reader/inference';
import type { Bundle } from '@inkcast/shared/bundle';
import { InkError } from '@inkcast/shared/errors';
import { openBackEnd } from './open-back-end.js';
import { type BackEndSettings, onProcessor } from './open-runtime.js';

/**
 * Opens a verifier. With `coral`, the processor runs it: it takes a tenth of a millisecond there.
 *
 * @param companions the bundle that `companionsOf` returns
 * @throws InkError INK_BUNDLE_INVALID if there is no verifier, and what the chosen back end throws
 */
export async function openVerifier(
  { verifier, folder }: Pick<Bundle, 'verifier' | 'folder'>,
  settings: BackEndSettings,
): Promise<Verifier> {
  if (verifier === undefined) {
    throw new InkError('INK_BUNDLE_INVALID', `The bundle ${folder} is refused: it has a judgement and no verifier.`);
  }
  return new Verifier(verifier.description, await openBackEnd({ model: verifier.model }, onProcessor(settings)));
}
