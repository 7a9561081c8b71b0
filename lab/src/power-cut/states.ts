import { relative } from 'node:path';
import { STORAGE_PARTS, type StoragePart } from './check-storage.js';
import { LOSSES, type Loss, SimulatedDisk } from './disk.js';
import type { Operation } from './operation.js';
import { type Promises, promisesOf, type Statement, statementsIn } from './promise.js';

/** What a power cut leaves of a part of a storage folder. */
export interface State {
  /** Number of operations before it. */
  readonly after: number;
  readonly loss: Loss;
  readonly part: StoragePart;
  readonly promises: Promises;
  /** Within the storage folder, as are the files. */
  readonly folders: readonly string[];
  readonly files: ReadonlyMap<string, Buffer>;
}

interface Moments {
  /** After how many operations power is cut. */
  readonly moments: ReadonlySet<number>;
  readonly seed: number;
  readonly onMoment: () => void;
}

/**
 * The states that power cuts may leave. One that a part was in before, with the same promises, does not come again: most
 * operations change one part, and what is sure changes with a flush only.
 *
 * @param folder of the operations
 */
export function* statesAfter(
  operations: readonly Operation[],
  folder: string,
  { moments, seed, onMoment }: Moments,
): Generator<State> {
  const disk = new SimulatedDisk(seed);
  const statements: Statement[] = [];
  const known = new Set<string>();
  for (const [index, operation] of operations.entries()) {
    disk.perform(operation);
    if (operation.kind === 'said') statements.push(...statementsIn(operation.text));
    const after = index + 1;
    if (!moments.has(after)) continue;
    const promises = promisesOf(statements);
    for (const loss of LOSSES) {
      const left = [...disk.after(loss)].map(([path, file]) => ({ path: relative(folder, path), file }));
      const allFolders = disk.folders.map((path) => relative(folder, path));
      for (const part of STORAGE_PARTS) {
        const [files, folders] = [left.filter(({ path }) => part.owns(path)), allFolders.filter(part.owns)];
        const promised = statements.filter(({ what }) => part.promises.includes(what)).length;
        const versions = files.map(({ path, file }) => [path, file.version]);
        const key = JSON.stringify([part.name, promised, folders, versions]);
        if (known.has(key)) continue;
        known.add(key);
        const contents = new Map(files.map(({ path, file }) => [path, file.content()]));
        yield { after, loss, part, promises, folders, files: contents };
      }
    }
    onMoment();
  }
}
