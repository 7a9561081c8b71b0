import { EventEmitter, once } from 'node:events';
import { EventStore, type EventStoreOptions, type HistoryEntry, type HistoryFilter } from '@inkcast/device/storage';
import type { ReadingEvent } from '@inkcast/shared/messages';

type UntilState = (state: 'disk' | 'memory') => Promise<void>;

/** Opens a store for the time of `work`, and closes it as a daemon does when it stops. */
export async function withStore<T>(
  folder: string,
  work: (store: EventStore, reports: readonly string[], untilState: UntilState) => Promise<T>,
  options: Partial<EventStoreOptions> = {},
): Promise<T> {
  const reports: string[] = [];
  const states = new EventEmitter();
  const untilState: UntilState = async (state) => {
    while (store.status.state !== state) await once(states, 'changed');
  };
  const store = new EventStore({
    folder,
    queue: { maxBytes: 1_000_000, maxAgeDays: 7 },
    history: { maxAgeDays: 30, maxRows: 1_000 },
    report: (error) => reports.push(error.code),
    changed: () => states.emit('changed'),
    ...options,
  });
  await store.start();
  try {
    return await work(store, reports, untilState);
  } finally {
    await store.stop();
  }
}

export function idsOf(store: EventStore): string[] {
  return store.oldest(100_000).map(({ event }) => event.id);
}

export const idOf = ({ id }: ReadingEvent): string => id;

/** The newest entries that match, in the order in which they happened. */
export async function historyOf(
  store: EventStore,
  limit: number,
  filter: HistoryFilter = {},
): Promise<readonly HistoryEntry[]> {
  return (await store.history({ ...filter, limit })).entries.toReversed();
}
