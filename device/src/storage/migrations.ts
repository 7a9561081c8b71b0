/**
 * The database's form, step by step: the first makes version 1 of an empty file, and each one takes the form before it
 * to the next. Steps that were released are never edited.
 */
export const MIGRATIONS: readonly string[] = [
  // `position` orders both tables: an event has the same in the queue as in the history.
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
  // `put_at` is running time in milliseconds: what was put before it was noted ages from now on.
  `ALTER TABLE queue ADD COLUMN put_at INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE history ADD COLUMN put_at INTEGER NOT NULL DEFAULT 0;
   CREATE TABLE state (
     name TEXT PRIMARY KEY,
     value TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   INSERT INTO state VALUES ('identity', lower(hex(randomblob(16))));`,
  // Null for what a device without named regions has read.
  'ALTER TABLE history ADD COLUMN region TEXT;',
];
