import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { MANIFEST_FILE, type Manifest, manifestSchema, openBundle } from '@inkcast/shared/bundle';
import { InkError } from '@inkcast/shared/errors';
import { replaceFolder, sha256 } from '@inkcast/shared/files';

/** What a bundle is written from. */
export interface BundleContent {
  /** All of the manifest but what follows from the files. */
  readonly manifest: Omit<Manifest, 'files'>;
  /** Content by file name; `model.tflite` must be among them. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Writes a model bundle in the place of whatever is in `folder`, the manifest last, and opens it again as its users do.
 * On any error the folder is as it was.
 *
 * @throws InkError INK_BUNDLE_INVALID where manifest and files do not agree, INK_FILE_UNWRITABLE
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

/** A folder that holds something else is somebody's work, and replacing it would delete it. */
async function refuseToReplaceOther(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  if (names.length === 0 || names.includes(MANIFEST_FILE)) return;
  throw new InkError('INK_FILE_UNWRITABLE', `${folder} holds files and is not a model bundle, so it is not replaced.`);
}
