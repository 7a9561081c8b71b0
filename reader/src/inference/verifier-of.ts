import type { Bundle, BundleVerifier } from '@inkcast/shared/bundle/content';
import { InkError } from '@inkcast/shared/errors';

/** The verifier of a bundle. @throws InkError INK_BUNDLE_INVALID if there is none */
export function verifierOf({ verifier, folder }: Pick<Bundle, 'verifier' | 'folder'>): BundleVerifier {
  if (verifier !== undefined) return verifier;
  throw new InkError('INK_BUNDLE_INVALID', `The bundle ${folder} is refused: it has a judgement and no verifier.`);
}
