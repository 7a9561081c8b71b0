import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { MANIFEST_FILE } from '@inkcast/shared/bundle';
import { InkError } from '@inkcast/shared/errors';
import { sha256 } from '@inkcast/shared/files';

/** A bundle's files are at the top of the archive or in one folder of it. */
const MAX_DEPTH = 2;
/** Maximum unpacked size, against archives that are made to fill a disk. */
const MAX_UNPACKED_BYTES = 128 * 1024 * 1024;

/**
 * Unpacks a `.tar.gz` into a temporary folder while `work` runs.
 *
 * @param expected SHA-256 of the archive, in hexadecimal digits
 * @throws InkError INK_BUNDLE_INVALID; if the hash differs, nothing is unpacked
 */
export async function withUnpackedBundle<T>(
  packed: Uint8Array,
  expected: string,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const found = sha256(packed);
  if (found !== expected) throw refused(`its SHA-256 is ${found}, and ${expected} was asked for`);
  const folder = await mkdtemp(join(tmpdir(), 'inkcast-bundle-'));
  try {
    await unpack(packed, folder);
    return await work(await bundleIn(folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function unpack(packed: Uint8Array, folder: string): Promise<void> {
  let bytes = 0;
  const filter = (path: string, entry: object) => {
    const size = 'size' in entry && typeof entry.size === 'number' ? entry.size : 0;
    bytes += size;
    const plain = 'type' in entry && (entry.type === 'File' || entry.type === 'Directory');
    return (
      plain && bytes <= MAX_UNPACKED_BYTES && path.split('/').filter((part) => part !== '.').length <= MAX_DEPTH + 1
    );
  };
  // Loaded only where a model is installed.
  const { extract } = await import('tar');
  try {
    await pipeline(Readable.from([packed]), extract({ cwd: folder, strict: true, filter }));
  } catch (cause) {
    throw refused(`it cannot be unpacked (${cause instanceof Error ? cause.message : String(cause)})`, cause);
  }
  if (bytes > MAX_UNPACKED_BYTES) throw refused(`it unpacks to more than ${MAX_UNPACKED_BYTES} bytes`);
}

async function bundleIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  if (entries.some(({ name }) => name === MANIFEST_FILE)) return folder;
  if (entries.length === 1 && entries[0].isDirectory()) return join(folder, entries[0].name);
  throw refused(`it holds no ${MANIFEST_FILE}`);
}

function refused(reason: string, cause?: unknown): InkError {
  return new InkError('INK_BUNDLE_INVALID', `The packed bundle is refused: ${reason}.`, { cause });
}
