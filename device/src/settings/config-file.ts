import { constants } from 'node:fs';
import { access, open, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { asInkError, InkError, reasonOf } from '@inkcast/shared/errors';
import { decodeText, readWholeFile, replaceFile, sha256 } from '@inkcast/shared/files';
import { type KeptVersion, KeptVersions } from './kept-versions.js';

/** What a configuration file says at a moment. */
export interface FileContent {
  readonly text: string;
  /** Tells one content from another: the SHA-256 of its bytes. */
  readonly version: string;
}

/** The YAML file that settings are saved to. One process changes it at a time. */
export class ConfigFile {
  readonly path: string;
  /** Changes are made one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  /** @param path may be a symbolic link, which then stays one */
  constructor(path: string) {
    this.path = path;
  }

  /** @throws InkError INK_CONFIG_UNREADABLE or INK_CONFIG_INVALID */
  async read(): Promise<FileContent> {
    const bytes = await this.#bytes();
    return { text: this.#decode(bytes), version: sha256(bytes) };
  }

  /**
   * Puts another text in the place of what the file says, as a whole or not at all; what it said before is kept. Owner
   * and permissions stay.
   *
   * @param change makes the new text of the present one; what it throws is passed on, and nothing is written
   * @param expected the version that the change was thought for; undefined for whatever is there
   * @throws InkError INK_CONFIG_CHANGED where the file says something else by now; INK_FILE_UNWRITABLE
   */
  change(change: (text: string) => string | Promise<string>, expected?: string): Promise<FileContent> {
    const changed = this.#last.then(() => this.#change(change, expected));
    this.#last = changed.catch(() => {});
    return changed;
  }

  /** Why the file cannot be changed by this process; undefined where it can. */
  async unwritable(): Promise<InkError | undefined> {
    try {
      const target = await realpath(this.path);
      await assertWritable(target);
      await assertWritable(dirname(target));
    } catch (error) {
      return asInkError(error);
    }
    return undefined;
  }

  /** Earlier versions, the newest first. */
  async versions(): Promise<KeptVersion[]> {
    return (await this.#kept()).list();
  }

  /** The text of an earlier version. @throws InkError INK_CONFIG_NO_VERSION; INK_FILE_UNREADABLE */
  async earlier(id: string): Promise<string> {
    return this.#decode(await (await this.#kept()).read(id));
  }

  async #change(change: (text: string) => string | Promise<string>, expected?: string): Promise<FileContent> {
    const bytes = await this.#bytes();
    const version = sha256(bytes);
    this.#assertIs(version, expected);
    const text = this.#decode(bytes);
    const fresh = await change(text);
    if (fresh === text) return { text, version };
    const target = await realpath(this.path);
    await assertWritable(target);
    const { mode, uid, gid } = await stat(target);
    await new KeptVersions(target).keep(bytes, { uid, gid }, new Date());
    this.#assertIs(sha256(await this.#bytes()), version);
    const content = encodedLike(bytes, fresh);
    await replaceFile(target, content, mode & 0o7777, { uid, gid });
    await flushFolder(dirname(target));
    return { text: fresh, version: sha256(content) };
  }

  #assertIs(version: string, expected: string | undefined): void {
    if (expected === undefined || version === expected) return;
    throw new InkError('INK_CONFIG_CHANGED', `${this.path} was changed by somebody else meanwhile.`);
  }

  async #kept(): Promise<KeptVersions> {
    // Where the file is gone, there is nothing that its name leads to.
    return new KeptVersions(await realpath(this.path).catch(() => this.path));
  }

  async #bytes(): Promise<Buffer> {
    return readWholeFile(this.path).catch((cause: unknown) => {
      throw new InkError('INK_CONFIG_UNREADABLE', cause instanceof InkError ? cause.message : String(cause), { cause });
    });
  }

  #decode(bytes: Uint8Array): string {
    const text = decodeText(bytes);
    if (text === undefined) throw new InkError('INK_CONFIG_INVALID', `${this.path} is not text in UTF-8.`);
    return text;
  }
}

/** Of a file: renaming would replace one that its owner has made read-only. Of a folder: something else is put into it. */
async function assertWritable(path: string): Promise<void> {
  await access(path, constants.W_OK).catch((cause: unknown) => {
    throw new InkError('INK_FILE_UNWRITABLE', `${path} cannot be written: ${reasonOf(cause)}.`, {
      cause,
      remedy: 'Give the user that Inkcast runs as the right to write it, or change the file by hand.',
    });
  });
}

/** The rename itself outlives a power cut only then. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Text in the encoding, and with the byte order mark, that the old bytes have (`decodeText`). */
function encodedLike([first, second, third]: Uint8Array, text: string): Buffer {
  if (first === 0xff && second === 0xfe) return Buffer.from(`\ufeff${text}`, 'utf16le');
  if (first === 0xfe && second === 0xff) return Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  return Buffer.from(first === 0xef && second === 0xbb && third === 0xbf ? `\ufeff${text}` : text);
}
