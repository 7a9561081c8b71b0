import { join } from 'node:path';
import type { LumaFrame } from '@inkcast/reader/vision';
import { InkError } from '@inkcast/shared/errors';
import { isThere, readWholeFile, replaceFile } from '@inkcast/shared/files';
import { z } from 'zod';
import { decodeBytes } from '../camera/index.js';
import { openSharp } from '../sharp/index.js';

const storedSchema = z.object({
  takenAt: z.iso.datetime().transform((text) => new Date(text)),
  width: z.int().positive(),
  height: z.int().positive(),
  /** JPEG in base64. */
  picture: z.base64(),
});

/** A picture that the view is held against. */
export interface Reference {
  readonly takenAt: Date;
  readonly jpeg: Buffer;
  readonly frame: LumaFrame;
}

const JPEG_QUALITY = 92;

/** Keeps the reference picture over restarts, in one file, which is never there in part. */
export class ReferenceFile {
  readonly #file: string;

  /** @param folder of the daemon's state */
  constructor(folder: string) {
    this.#file = join(folder, 'reference.json');
  }

  /** @returns undefined where none was kept, or it is none any more @throws InkError INK_FILE_UNREADABLE */
  async read(): Promise<Reference | undefined> {
    if (!(await isThere(this.#file))) return undefined;
    const stored = storedSchema.safeParse(parsed(await readWholeFile(this.#file))).data;
    if (stored === undefined) return undefined;
    const { takenAt, width, height } = stored;
    const jpeg = Buffer.from(stored.picture, 'base64');
    const decoded = await decodeBytes(jpeg, this.#file, Math.max(width, height)).catch((error: unknown) => {
      if (error instanceof InkError) return undefined;
      throw error;
    });
    return decoded === undefined ? undefined : { takenAt, jpeg, frame: decoded };
  }

  /** @throws InkError INK_FILE_UNWRITABLE */
  async write({ width, height, gray }: LumaFrame, takenAt: Date): Promise<Reference> {
    const frame = { width, height, gray };
    const sharp = await openSharp();
    const jpeg = await sharp(gray, { raw: { width, height, channels: 1 } })
      .jpeg({ quality: JPEG_QUALITY })
      .toBuffer();
    const stored = { takenAt: takenAt.toISOString(), width, height, picture: jpeg.toString('base64') };
    await replaceFile(this.#file, `${JSON.stringify(stored)}\n`);
    return { takenAt, jpeg, frame };
  }

  /** Keeps none any more. @throws InkError INK_FILE_UNWRITABLE */
  async clear(): Promise<void> {
    if (await isThere(this.#file)) await replaceFile(this.#file, '{}\n');
  }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
