import { closeSync, openSync, readSync, statSync } from 'node:fs';

/** The fault of the files of an open database: they were deleted, or truncated. */
export type FileFault = 'lost' | 'damage';

/** SQLite's suffix for the log of a database. */
const LOG = '-wal';
const HEADER_BYTES = 100;
/** If another process is writing the log into the database, the size matches the header within this time. */
const SECOND_LOOK_MS = 200;

/**
 * The files of an open database, as other processes see them. SQLite accesses them only by their handles, so it would
 * keep writing to files that were deleted or emptied, without an error.
 */
export class DatabaseFile {
  readonly #file: string;
  #identities: Readonly<Record<string, string>> = {};

  constructor(file: string) {
    this.#file = file;
  }

  /** Remembers the current files as the open ones. */
  remember(): void {
    this.#identities = {};
    this.isLost();
  }

  /** Whether a file was deleted or replaced. The log exists from the first transaction on. */
  isLost(): boolean {
    return this.#isOther('') || this.#isOther(LOG);
  }

  get hasOnlyLostItsLog(): boolean {
    return !this.#isOther('') && this.#isOther(LOG);
  }

  /** @throws what the file system reports */
  fault(): FileFault | undefined {
    if (this.isLost()) return 'lost';
    if (!isCutShort(this.#file)) return undefined;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SECOND_LOOK_MS);
    return isCutShort(this.#file) ? 'damage' : undefined;
  }

  /** A file that did not exist before is remembered as open. */
  #isOther(part: string): boolean {
    const known = this.#identities[part];
    const found = identityOf(this.#file + part);
    if (known === undefined && found !== undefined) this.#identities = { ...this.#identities, [part]: found };
    return known !== undefined && found !== known;
  }
}

function identityOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? undefined : `${found.dev}:${found.ino}`;
}

/**
 * Whether a file is shorter than its first page states (https://www.sqlite.org/fileformat2.html#the_database_header).
 */
function isCutShort(path: string): boolean {
  const handle = openSync(path, 'r');
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    if (readSync(handle, header, 0, HEADER_BYTES, 0) < HEADER_BYTES) return true;
    const pageBytes = header.readUInt16BE(16);
    const { size } = statSync(path);
    return size < header.readUInt32BE(28) * (pageBytes === 1 ? 65_536 : pageBytes);
  } finally {
    closeSync(handle);
  }
}
