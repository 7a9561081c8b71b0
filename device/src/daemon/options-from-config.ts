import type { Config } from '../config/index.js';
import type { EventStoreOptions } from '../storage/index.js';

const BYTES_PER_MEGABYTE = 1_000_000;

/** The event store's options as the configuration sets them. */
export function queueOptions({
  folder,
  history,
  queue,
}: Config['storage']): Pick<EventStoreOptions, 'folder' | 'history' | 'queue'> {
  const { maxMegabytes, maxAgeDays } = queue;
  return { folder, history, queue: { maxBytes: maxMegabytes * BYTES_PER_MEGABYTE, maxAgeDays } };
}
