import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import { isPicture } from './picture-format.js';

/** Node puts this character into names that are not in UTF-8. It cannot open such files. */
const REPLACEMENT = '\uFFFD';

/** Finds pictures whose names are not in UTF-8, such as those of cameras that upload in Latin-1: each is told once. */
export class UnreadableNames {
  readonly #folder: string;
  readonly #recursive: boolean;
  readonly #told = new Set<string>();

  constructor(folder: string, recursive: boolean) {
    this.#folder = folder;
    this.#recursive = recursive;
  }

  static has(name: string): boolean {
    return name.includes(REPLACEMENT) && isPicture(name);
  }

  /** @returns an error for each such name that was not there before; none if the folder cannot be listed */
  async look(): Promise<readonly InkError[]> {
    const names = await readdir(this.#folder, { recursive: this.#recursive }).catch(() => []);
    const found = names.filter((name) => UnreadableNames.has(name) && !this.#told.has(name));
    for (const name of found) this.#told.add(name);
    return found.map((name) => {
      const happened = `${join(this.#folder, name)} cannot be read: its name is not in UTF-8.`;
      return new InkError('INK_FILE_UNREADABLE', happened, {
        remedy: 'Rename it, and have the camera or the FTP server write names in UTF-8 or plain letters.',
      });
    });
  }
}
