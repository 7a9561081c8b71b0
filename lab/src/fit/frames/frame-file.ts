import { type FileHandle, open } from 'node:fs/promises';
import { InkError } from '@inkcast/shared/errors';
import { readWholeFile } from '@inkcast/shared/files';
import { z } from 'zod';

const boxSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

const headSchema = z.object({
  width: z.int().positive(),
  height: z.int().positive(),
  kind: z.string(),
  marks: z.array(
    z.object({ label: z.string(), box: boxSchema, within: z.number().default(1), inWord: z.boolean().default(false) }),
  ),
});

/**
 * A character in a frame: its label (a digit or anything else), the box of its ink in pixels, the share of its ink in the
 * frame, and whether it is a letter of a word.
 */
export type StoredMark = z.infer<typeof headSchema>['marks'][number];

/** A training frame: luma, row-major, and its characters. */
export interface StoredFrame extends z.infer<typeof headSchema> {
  readonly gray: Uint8Array;
}

/** Writes frames one behind the other: the length of a JSON head (uint32, little-endian), the head, the luma. */
export class FrameWriter {
  readonly #file: FileHandle;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async create(path: string): Promise<FrameWriter> {
    return new FrameWriter(await open(path, 'w'));
  }

  async write({ gray, ...head }: StoredFrame): Promise<void> {
    const text = Buffer.from(JSON.stringify(head));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(text.length);
    await this.#file.write(Buffer.concat([length, text, gray]));
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

/**
 * All frames of a file. Their luma are views of one buffer. A truncated frame at the end is left out.
 *
 * @throws InkError INK_FILE_UNREADABLE, and the errors of `decodeFrames`
 */
export const readFrames = async (path: string): Promise<StoredFrame[]> => decodeFrames(await readWholeFile(path), path);

/** The first frames of each of several files. @throws InkError as `readFrames` */
export async function firstFrames(paths: readonly string[], maxAFile: number): Promise<StoredFrame[]> {
  const frames: StoredFrame[] = [];
  for (const path of paths) frames.push(...(await readFrames(path)).slice(0, maxAFile));
  return frames;
}

/** @param name name of the file in messages. @throws InkError INK_DATASET_INVALID if the bytes are not frames */
export function decodeFrames(bytes: Buffer, name: string): StoredFrame[] {
  const frames: StoredFrame[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const start = at + 4 + bytes.readUInt32LE(at);
    if (start > bytes.length) break;
    const head = decodeHead(bytes.toString('utf8', at + 4, start), name);
    at = start + head.width * head.height;
    if (at > bytes.length) break;
    frames.push({ ...head, gray: bytes.subarray(start, at) });
  }
  return frames;
}

function decodeHead(text: string, name: string): z.infer<typeof headSchema> {
  try {
    return headSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new InkError('INK_DATASET_INVALID', `${name} is no file of frames.`, { cause });
  }
}
