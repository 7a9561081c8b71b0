export { databaseFile, inTransaction, isDamage, openDatabaseFile } from './database.js';
export { DatabaseFile } from './database-file.js';
export type { DropReason, Drops } from './drops.js';
export { EventStore } from './event-store.js';
export {
  type HistoryEntry,
  type HistoryFilter,
  type HistoryPage,
  type HistoryQuery,
  type HistoryRetention,
  historyEntrySchema,
} from './history.js';
export { csvOf, dayBounds, jsonOf } from './history-export.js';
export type { QueueBounds } from './pending-events.js';
export { type PictureBounds, PictureStore, type PictureStoreOptions } from './picture-store.js';
export type { Problem } from './problems.js';
export { readAcceptedOf } from './read-accepted-of.js';
export { readHistoryOf } from './read-history-of.js';
export { setDatabaseAside } from './set-aside.js';
export type { EventStoreOptions, StorageStatus, StoreTiming } from './store-options.js';
