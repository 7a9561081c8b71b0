import type { LabelledCrop } from '@inkcast/shared/teaching';
import type Database from 'libsql';
import type { LabelCounts, NewCrop, QueueBounds, Undone, WaitingCrop } from './crop.js';
import {
  confirmLabels,
  countLabels,
  type Giver,
  giveLabel,
  type ImportedCrop,
  importCrops,
  listLabelled,
  skipCrops,
  undoLast,
} from './given-labels.js';
import { readState, type StateName, writeState } from './states.js';
import {
  addCrops,
  type CropPictures,
  countWaiting,
  findWaiting,
  listWaiting,
  picturesOf,
  pruneCrops,
} from './waiting-crops.js';

/** What the thread of the teaching database is asked. Each is one transaction. */
export interface Calls {
  add: { input: { crops: readonly NewCrop[]; bounds: QueueBounds; now: number }; output: number };
  prune: { input: { bounds: QueueBounds; now: number }; output: undefined };
  waiting: { input: undefined; output: readonly WaitingCrop[] };
  pictures: { input: string; output: CropPictures | undefined };
  label: { input: { ids: readonly string[]; label: string; giver: Giver }; output: Labelled };
  skip: { input: readonly string[]; output: Labelled };
  confirm: { input: readonly string[]; output: undefined };
  undo: { input: undefined; output: (Undone & { readonly crops: readonly WaitingCrop[] }) | undefined };
  counts: { input: undefined; output: { readonly waiting: number; readonly labels: LabelCounts } };
  labelled: { input: undefined; output: readonly LabelledCrop[] };
  import: { input: Imported; output: number };
  state: { input: StateName; output: unknown };
  setState: { input: { name: StateName; value: unknown }; output: undefined };
  purge: { input: undefined; output: number };
}

/** Labelled crops, and the classes from then on where they bring new ones. */
export interface Imported {
  readonly crops: readonly ImportedCrop[];
  readonly classes: readonly string[] | undefined;
  readonly at: number;
}

/** Which of the crops are held back, and how many still wait. */
export interface Labelled {
  readonly heldBack: readonly string[];
  readonly remaining: number;
}

export type CallName = keyof Calls;
export type Input<K extends CallName> = Calls[K]['input'];
export type Output<K extends CallName> = Calls[K]['output'];

type Operations = { [K in CallName]: (database: Database.Database, input: Input<K>) => Output<K> };

export const OPERATIONS: Operations = {
  add: (database, { crops, bounds, now }) => addCrops(database, crops, bounds, now),
  prune: (database, { bounds, now }) => {
    pruneCrops(database, bounds, now);
  },
  waiting: listWaiting,
  pictures: picturesOf,
  label: (database, { ids, label, giver }) => {
    const heldBack = giveLabel(database, ids, label, giver);
    return { heldBack, remaining: countWaiting(database) };
  },
  skip: (database, ids) => {
    skipCrops(database, ids);
    return { heldBack: [], remaining: countWaiting(database) };
  },
  confirm: (database, ids) => {
    confirmLabels(database, ids);
  },
  undo: (database) => {
    const undone = undoLast(database);
    return undone && { ...undone, crops: findWaiting(database, undone.ids) };
  },
  counts: (database) => ({ waiting: countWaiting(database), labels: countLabels(database) }),
  labelled: listLabelled,
  import: (database, { crops, classes, at }) => {
    const added = importCrops(database, crops, at);
    if (classes !== undefined) writeState(database, 'classes', classes);
    return added;
  },
  state: readState,
  setState: (database, { name, value }) => {
    writeState(database, name, value);
  },
  purge: (database) => {
    const { changes } = database.prepare('DELETE FROM crop').run();
    database.exec('DELETE FROM action');
    return changes;
  },
};
