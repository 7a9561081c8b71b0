import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { MANIFEST_FILE, type Manifest, manifestSchema, openBundle } from '@inkcast/shared/bundle';
import { InkError } from '@inkcast/shared/errors';
import { replaceFolder, sha256 } from '@inkcast/shared/files';

/** The content of a bundle. */
export interface BundleContent {
  /** The manifest without the part that describes the files. */
  readonly manifest: Omit<Manifest, 'files'>;
  /** Content by file name; `model.tflite` must be among them. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Writes a model bundle to `folder` and replaces what is there. It writes the manifest last and opens the bundle to check
 * it. An error leaves the folder unchanged.
 *
 * @throws InkError INK_BUNDLE_INVALID if manifest and files do not agree, INK_FILE_UNWRITABLE
 */
export async function writeBundle(folder: string, content: BundleContent): Promise<Manifest> {
  const listed = [...content.files].map(([name, bytes]) => [name, { sha256: sha256(bytes), size: bytes.length }]);
  const parsed = manifestSchema.safeParse({ ...content.manifest, files: Object.fromEntries(listed) });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const reason = `its manifest would be wrong at ${issue.path.join('.')}: ${issue.message}`;
    throw new InkError('INK_BUNDLE_INVALID', `The bundle ${basename(folder)} is not written: ${reason}.`);
  }
  const manifest = `${JSON.stringify(parsed.data, undefined, 2)}\n`;
  await refuseToReplaceOther(folder);
  const files = new Map<string, string | Uint8Array>([...content.files, [MANIFEST_FILE, manifest]]);
  await replaceFolder(folder, files, async (fresh) => {
    await openBundle(fresh);
  });
  return parsed.data;
}

/** Fails if the folder contains anything but a bundle, because replacing it would delete somebody's work. */
async function refuseToReplaceOther(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  if (names.length === 0 || names.includes(MANIFEST_FILE)) return;
  throw new InkError(
    'INK_FILE_UNWRITABLE',
    `${folder} contains files and is not a model bundle, so it is not replaced.`,
  );
}
