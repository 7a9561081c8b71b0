import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { asInkError, InkError, reasonOf } from '@inkcast/shared/errors';
import { replaceFile } from '@inkcast/shared/files';
import { decodeTime } from 'ulid';

/** How many pictures are kept: whichever bound is reached first. */
export interface PictureBounds {
  readonly maxCount: number;
  /** By the date of their events. */
  readonly maxAgeDays: number;
  readonly maxMegabytes: number;
}

export interface PictureStoreOptions {
  /** Folder of the pictures alone; made where it is missing. */
  readonly folder: string;
  /** Whether further pictures are kept. */
  readonly enabled: boolean;
  readonly bounds: PictureBounds;
  /** Tells which of these events the history still has. @throws InkError while it cannot be read */
  readonly known: (ids: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Told when pictures cannot be kept. */
  readonly report: (problem: InkError) => void;
  /** Milliseconds since 1970; default this machine's clock. */
  readonly now?: () => number;
}

const DAY_MS = 86_400_000;
const MEGABYTE = 1e6;
const MAINTENANCE_MS = 3_600_000;
const OWNER_ONLY = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
/** An event's id is a ULID, which begins with its time. */
const NAME = /^([0-9A-HJKMNP-TV-Z]{26})\.jpg$/;

/**
 * A small picture of each event, in a file that has its id as a name. A file is there as a whole or not at all, also after
 * a power cut; what is over a bound, and what the history has forgotten, is deleted, the oldest first.
 */
export class PictureStore {
  readonly #options: PictureStoreOptions;
  /** Bytes by id, the oldest first. */
  #sizes: ReadonlyMap<string, number> = new Map();
  #maintenance: NodeJS.Timeout | undefined;
  /** Changes are made one after the other. */
  #last: Promise<void> = Promise.resolve();

  constructor(options: PictureStoreOptions) {
    this.#options = options;
  }

  /** Looks at what earlier runs have left, and deletes what is not to be kept. */
  async start(): Promise<void> {
    await this.#inTurn(() => this.#load());
    await this.sweep();
    this.#maintenance = setInterval(() => void this.sweep(), MAINTENANCE_MS).unref();
  }

  /** Waits for what is being written. */
  async stop(): Promise<void> {
    clearInterval(this.#maintenance);
    await this.#last;
  }

  /** Whether further pictures are kept. */
  get enabled(): boolean {
    return this.#options.enabled;
  }

  has(id: string): boolean {
    return this.#sizes.has(id);
  }

  /** Keeps the picture of an event, which the history has by now. A disk that fails is reported, and is no error. */
  keep(id: string, jpeg: Uint8Array): Promise<void> {
    if (!this.#options.enabled) return Promise.resolve();
    return this.#inTurn(async () => {
      await replaceFile(this.#path(id), jpeg, OWNER_ONLY);
      this.#sizes = new Map([...this.#sizes, [id, jpeg.length] as const].toSorted(([a], [b]) => (a < b ? -1 : 1)));
      await this.#prune();
    });
  }

  /** @returns undefined where there is none @throws InkError INK_FILE_UNREADABLE */
  async find(id: string): Promise<Buffer | undefined> {
    if (!this.#sizes.has(id)) return undefined;
    try {
      return await readFile(this.#path(id));
    } catch (cause) {
      if (isMissing(cause)) return undefined;
      throw new InkError('INK_FILE_UNREADABLE', `${this.#path(id)} cannot be read: ${reasonOf(cause)}.`, { cause });
    }
  }

  /** Deletes every picture. @returns how many there were @throws InkError INK_FILE_UNWRITABLE */
  async purge(): Promise<number> {
    const deleted = this.#last.then(() => this.#delete([...this.#sizes.keys()]));
    this.#last = deleted.then(
      () => {},
      () => {},
    );
    return deleted;
  }

  /** Deletes what is over a bound, and what the history has forgotten. */
  sweep(): Promise<void> {
    return this.#inTurn(async () => {
      const ids = [...this.#sizes.keys()];
      if (ids.length > 0) {
        const known = await this.#options.known(ids);
        await this.#delete(ids.filter((id) => !known.has(id)));
      }
      await this.#prune();
    });
  }

  async #load(): Promise<void> {
    const { folder } = this.#options;
    const names = await readdir(folder).catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw new InkError('INK_FILE_UNREADABLE', `${folder} cannot be read: ${reasonOf(error)}.`, { cause: error });
    });
    if (names === undefined) {
      if (this.#options.enabled) await mkdir(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
      return;
    }
    const sizes = new Map<string, number>();
    for (const name of names.toSorted()) {
      const [, id] = NAME.exec(name) ?? [];
      // What a power cut has left of a file that was being written; the folder holds nothing of anybody else.
      if (id === undefined) await rm(join(folder, name), { force: true, recursive: true });
      else sizes.set(id, (await stat(join(folder, name))).size);
    }
    this.#sizes = sizes;
  }

  async #prune(): Promise<void> {
    const { bounds, now = Date.now } = this.#options;
    const oldest = now() - bounds.maxAgeDays * DAY_MS;
    let count = this.#sizes.size;
    let bytes = [...this.#sizes.values()].reduce((sum, size) => sum + size, 0);
    const over: string[] = [];
    for (const [id, size] of this.#sizes) {
      const fits = count <= bounds.maxCount && bytes <= bounds.maxMegabytes * MEGABYTE && decodeTime(id) >= oldest;
      if (fits) break;
      over.push(id);
      count--;
      bytes -= size;
    }
    await this.#delete(over);
  }

  async #delete(ids: readonly string[]): Promise<number> {
    for (const id of ids) {
      try {
        await rm(this.#path(id), { force: true });
      } catch (cause) {
        throw new InkError('INK_FILE_UNWRITABLE', `${this.#path(id)} cannot be deleted: ${reasonOf(cause)}.`, {
          cause,
        });
      }
      this.#sizes = new Map([...this.#sizes].filter(([one]) => one !== id));
    }
    return ids.length;
  }

  #path(id: string): string {
    return join(this.#options.folder, `${id}.jpg`);
  }

  /** @param work whose errors are reported */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(work).catch((error: unknown) => this.#options.report(asInkError(error)));
    return this.#last;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
