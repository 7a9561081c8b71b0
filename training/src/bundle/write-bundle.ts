import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { MANIFEST_FILE, type Manifest, openBundle } from '@inkcast/shared/bundle';
import { InkError } from '@inkcast/shared/errors';
import { replaceFolder } from '@inkcast/shared/files';
import { type BundleContent, sealContent } from './seal-content.js';

/**
 * Writes a model bundle to `folder` and replaces what is there. It writes the manifest last and opens the bundle to check
 * it. An error leaves the folder unchanged.
 *
 * @throws InkError INK_BUNDLE_INVALID if manifest and files do not agree, INK_FILE_UNWRITABLE
 */
export async function writeBundle(folder: string, content: BundleContent): Promise<Manifest> {
  const { manifest, files } = sealContent(basename(folder), content);
  await refuseToReplaceOther(folder);
  await replaceFolder(folder, files, async (fresh) => {
    await openBundle(fresh);
  });
  return manifest;
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
