import { InkError, reasonOf } from '@inkcast/shared/errors';

const BLOCK_BYTES = 512;
/** Against archives that are made to fill the memory: 10,000 crops are 8 MB. */
const MAX_UNPACKED_BYTES = 64 * 1024 * 1024;
const MAX_FILES = 20_000;

/** A tar file in memory. @param files contents by path */
export async function packFiles(files: ReadonlyMap<string, Uint8Array>, mtime: Date): Promise<Buffer> {
  // Loaded only where labels leave or enter the device.
  const { Header } = await import('tar');
  const blocks = [...files].flatMap(([path, bytes]) => {
    const header = new Header({ path, mode: 0o644, size: bytes.length, mtime, type: 'File' });
    header.encode();
    const padding = (BLOCK_BYTES - (bytes.length % BLOCK_BYTES)) % BLOCK_BYTES;
    return [header.block ?? Buffer.alloc(BLOCK_BYTES), bytes, Buffer.alloc(padding)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK_BYTES)]);
}

/**
 * The files of a tar file, which may be compressed with gzip; links and folders are left out.
 *
 * @throws InkError INK_DATASET_INVALID
 */
export async function unpackFiles(packed: Uint8Array): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  let bytes = 0;
  const { Parser } = await import('tar');
  try {
    await new Promise<void>((resolve, reject) => {
      const parser = new Parser({
        strict: true,
        onReadEntry: (entry) => {
          bytes += entry.size;
          if (entry.type !== 'File' || files.size >= MAX_FILES || bytes > MAX_UNPACKED_BYTES) {
            entry.resume();
            return;
          }
          const { path } = entry;
          const pieces: Buffer[] = [];
          entry.on('data', (piece) => pieces.push(piece));
          entry.on('end', () => files.set(path.replace(/^\.\//, ''), Buffer.concat(pieces)));
        },
      });
      parser.on('error', reject);
      parser.on('end', () => resolve());
      parser.end(Buffer.from(packed));
    });
  } catch (cause) {
    throw refused(`it cannot be unpacked (${reasonOf(cause)})`, cause);
  }
  if (bytes > MAX_UNPACKED_BYTES) throw refused(`it unpacks to more than ${MAX_UNPACKED_BYTES} bytes`);
  if (files.size >= MAX_FILES) throw refused(`it has more than ${MAX_FILES} files`);
  return files;
}

export function refused(reason: string, cause?: unknown): InkError {
  return new InkError('INK_DATASET_INVALID', `The archive is refused: ${reason}.`, { cause });
}
