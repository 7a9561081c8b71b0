import { type FileHandle, open } from 'node:fs/promises';
import { InkError, reasonOf } from '../errors/index.js';

/** A pipe or a device may have no end: no file that Inkcast reads from one is larger. */
const MAX_STREAM_BYTES = 256 * 1024 * 1024;

/** @throws InkError INK_FILE_UNREADABLE naming the file and the system's reason */
export async function readWholeFile(path: string): Promise<Buffer> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    return (await file.stat()).isFile() ? await file.readFile() : await readStream(file, path);
  } catch (cause) {
    if (cause instanceof InkError) throw cause;
    throw new InkError('INK_FILE_UNREADABLE', `${path} cannot be read: ${reasonOf(cause)}.`, { cause });
  } finally {
    await file?.close();
  }
}

async function readStream(file: FileHandle, path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 1024 * 1024 })) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_STREAM_BYTES) {
      throw new InkError('INK_FILE_UNREADABLE', `${path} does not end: it holds more than 256 MiB.`);
    }
  }
  return Buffer.concat(chunks);
}
