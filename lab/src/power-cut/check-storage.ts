import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelStoreIn } from '@inkcast/device/inference';
import { EventStore, PictureStore } from '@inkcast/device/storage';
import { storedLabels } from '@inkcast/device/teaching';
import { asInkError } from '@inkcast/shared/errors';
import type { Promises, Statement } from './promise.js';
import { samplePicture } from './sample-picture.js';

type Report = (error: unknown) => void;

/** Files of a storage folder that are opened without the others. */
export interface StoragePart {
  readonly name: string;
  /** @param path within the storage folder */
  readonly owns: (path: string) => boolean;
  /** What is promised of it; other promises are not looked at. */
  readonly promises: readonly Statement['what'][];
  readonly check: (folder: string, promises: Promises, faults: string[], report: Report) => Promise<void>;
}

const isLabels = (path: string): boolean => path.startsWith('teach.db');
const isModels = (path: string): boolean => path.split('/')[0] === 'models';

export const STORAGE_PARTS: readonly StoragePart[] = [
  {
    name: 'events',
    owns: (path) => !isLabels(path) && !isModels(path),
    promises: ['stored', 'sending', 'accepted'],
    check: checkEvents,
  },
  { name: 'labels', owns: isLabels, promises: ['labelled'], check: checkLabels },
  { name: 'models', owns: isModels, promises: ['using'], check: checkModel },
];

/** Opens a part of a storage folder as the device does, and says what of its promises is not kept. */
export async function checkPart(part: StoragePart, folder: string, promises: Promises): Promise<readonly string[]> {
  const faults: string[] = [];
  const report = (error: unknown): void => {
    const { code, message } = asInkError(error);
    faults.push(`${code}: ${message}`);
  };
  await part.check(folder, promises, faults, report).catch(report);
  return faults;
}

async function checkEvents(folder: string, promises: Promises, faults: string[], report: Report): Promise<void> {
  const store = new EventStore({
    folder,
    queue: { maxBytes: 100_000_000, maxAgeDays: 10_000 },
    history: { maxAgeDays: 10_000, maxRows: 100_000 },
    report,
  });
  await store.start();
  try {
    const known = await store.known([...promises.events]);
    const queued = new Set(store.oldest(100_000).map(({ event }) => event.id));
    const lost = [...promises.events].filter((id) => !known.has(id));
    const unsent = [...promises.events].filter((id) => !queued.has(id) && !promises.sent.has(id));
    if (lost.length > 0) faults.push(`${lost.length} stored events are not in the history, such as ${lost[0]}`);
    if (unsent.length > 0) faults.push(`${unsent.length} stored events will never be sent, such as ${unsent[0]}`);
    const accepted = Number(store.accepted()?.digits ?? 0);
    if (accepted < promises.accepted) faults.push(`${accepted} is accepted, and ${promises.accepted} was stored`);
    await checkPictures(folder, store, faults, report);
  } finally {
    await store.stop();
  }
}

async function checkPictures(folder: string, store: EventStore, faults: string[], report: Report): Promise<void> {
  const place = join(folder, 'pictures');
  const pictures = new PictureStore({
    folder: place,
    enabled: true,
    bounds: { maxCount: 20, maxAgeDays: 10_000, maxMegabytes: 100 },
    known: (ids) => store.known(ids),
    report,
  });
  await pictures.start();
  await pictures.stop();
  for (const name of await readdir(place)) {
    if (!samplePicture().equals(await readFile(join(place, name)))) faults.push(`the picture ${name} is not whole`);
  }
}

async function checkLabels(folder: string, { labels }: Promises, faults: string[]): Promise<void> {
  const { crops } = await storedLabels(folder);
  const stored = new Map(crops.map(({ id, label }) => [id, label]));
  for (const [id, label] of labels) {
    if (stored.get(id) !== label) faults.push(`the crop ${id} has the label ${stored.get(id)}, and ${label} was given`);
  }
}

async function checkModel(folder: string, { hasChosenModel }: Promises, faults: string[]): Promise<void> {
  const { manifest } = await modelStoreIn(folder).inUse();
  if (hasChosenModel && manifest.name !== 'lenet') faults.push(`${manifest.name} is in use, and lenet was chosen`);
}
