/**
 * The steps of the database's format. The first makes version 1 from an empty file, and each later one upgrades the
 * version before. Released steps are never edited.
 */
export const MIGRATIONS: readonly string[] = [
  // `position` orders both tables: an event has the same position in the queue and in the history.
  `CREATE TABLE queue (
     position INTEGER PRIMARY KEY,
     event TEXT NOT NULL
   ) STRICT;
   CREATE TABLE dropped (
     reason TEXT PRIMARY KEY,
     count INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE history (
     position INTEGER PRIMARY KEY,
     id TEXT NOT NULL,
     event_type TEXT NOT NULL,
     text TEXT NOT NULL,
     confidence REAL,
     model TEXT NOT NULL,
     captured_at INTEGER NOT NULL
   ) STRICT;`,
  // `put_at` is running time in milliseconds. Events from before this column age from now on.
  `ALTER TABLE queue ADD COLUMN put_at INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE history ADD COLUMN put_at INTEGER NOT NULL DEFAULT 0;
   CREATE TABLE state (
     name TEXT PRIMARY KEY,
     value TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   INSERT INTO state VALUES ('identity', lower(hex(randomblob(16))));`,
  // Null for readings of a device without named regions.
  'ALTER TABLE history ADD COLUMN region TEXT;',
];
