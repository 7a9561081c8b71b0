import { chmod, chown, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InkError, reasonOf } from '@inkcast/shared/errors';
import { readWholeFile, replaceFile } from '@inkcast/shared/files';

/** Versions of a file that are kept; the oldest goes when there are more. */
const MAX_VERSIONS = 20;
const OWNER_ONLY = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
/** Such as `0007-20261128T131502Z.yaml`. Clocks are set back; numbers are not. */
const NAME = /^(\d{4,})-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.yaml$/;

/** An earlier version of a file. */
export interface KeptVersion {
  /** Its number, which counts up. */
  readonly id: string;
  readonly keptAt: Date;
  readonly bytes: number;
  readonly path: string;
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Earlier versions of a file, in the folder `NAME.versions` beside it, for the file's owner alone: there may be passwords. */
export class KeptVersions {
  readonly #folder: string;

  /** @param file whose versions they are, without symbolic links */
  constructor(file: string) {
    this.#folder = `${file}.versions`;
  }

  /** The newest first. */
  async list(): Promise<KeptVersion[]> {
    const names = await readdir(this.#folder).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw new InkError('INK_FILE_UNREADABLE', `${this.#folder} cannot be read: ${reasonOf(error)}.`, {
        cause: error,
      });
    });
    const versions = await Promise.all(names.map((name) => this.#version(name)));
    return versions.flatMap((version) => version ?? []).toSorted((a, b) => Number(b.id) - Number(a.id));
  }

  /**
   * Keeps another version.
   *
   * @param owner of the file, who may then read what is kept, whoever keeps it
   * @throws InkError INK_FILE_UNWRITABLE
   */
  async keep(content: Uint8Array, owner: Owner, now: Date): Promise<string> {
    const kept = await this.list();
    const number = String(Number(kept.at(0)?.id ?? 0) + 1).padStart(4, '0');
    const path = join(this.#folder, `${number}-${now.toISOString().replace(/[-:]|\.\d+/g, '')}.yaml`);
    await this.#makeFolder(owner);
    await replaceFile(path, content, OWNER_ONLY, owner);
    for (const { path: old } of kept.slice(MAX_VERSIONS - 1)) await rm(old, { force: true });
    return path;
  }

  /** @throws InkError INK_CONFIG_NO_VERSION; INK_FILE_UNREADABLE */
  async read(id: string): Promise<Buffer> {
    const version = (await this.list()).find((one) => one.id === id);
    if (version === undefined) throw new InkError('INK_CONFIG_NO_VERSION', `There is no earlier version ${id}.`);
    return readWholeFile(version.path);
  }

  async #makeFolder({ uid, gid }: Owner): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
      const found = await stat(this.#folder);
      if (found.uid !== uid || found.gid !== gid) await chown(this.#folder, uid, gid);
      await chmod(this.#folder, OWNER_ONLY_FOLDER);
    } catch (cause) {
      throw new InkError('INK_FILE_UNWRITABLE', `${this.#folder} cannot be made: ${reasonOf(cause)}.`, { cause });
    }
  }

  async #version(name: string): Promise<KeptVersion | undefined> {
    const [, number, ...parts] = NAME.exec(name) ?? [];
    if (number === undefined) return undefined;
    const [year, month, day, hours, minutes, seconds] = parts.map(Number);
    const path = join(this.#folder, name);
    const { size } = await stat(path).catch(() => ({ size: 0 }));
    const keptAt = new Date(Date.UTC(year, month - 1, day, hours, minutes, seconds));
    return { id: String(Number(number)), keptAt, bytes: size, path };
  }
}
