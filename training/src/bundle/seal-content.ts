import { MANIFEST_FILE, type Manifest, manifestSchema } from '@inkcast/shared/bundle/content';
import { InkError } from '@inkcast/shared/errors';
import { sha256 } from '@inkcast/shared/hashing';

/** The content of a bundle. */
export interface BundleContent {
  /** The manifest without the part that describes the files. */
  readonly manifest: Omit<Manifest, 'files'>;
  /** Content by file name; `model.tflite` must be among them. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** The files of a bundle, with the manifest as the last. */
export interface SealedContent {
  readonly manifest: Manifest;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Lists the files in the manifest, with their size and SHA-256.
 *
 * @param name of the bundle in messages
 * @throws InkError INK_BUNDLE_INVALID if manifest and files do not agree
 */
export function sealContent(name: string, content: BundleContent): SealedContent {
  const listed = [...content.files].map(([file, bytes]) => [file, { sha256: sha256(bytes), size: bytes.length }]);
  const parsed = manifestSchema.safeParse({ ...content.manifest, files: Object.fromEntries(listed) });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const reason = `its manifest would be wrong at ${issue.path.join('.')}: ${issue.message}`;
    throw new InkError('INK_BUNDLE_INVALID', `The bundle ${name} is not written: ${reason}.`);
  }
  const manifest = new TextEncoder().encode(`${JSON.stringify(parsed.data, undefined, 2)}\n`);
  return { manifest: parsed.data, files: new Map([...content.files, [MANIFEST_FILE, manifest]]) };
}
