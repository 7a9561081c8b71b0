/**
 * The steps of the format of the teaching database. The first makes version 1 from an empty file, and each later one
 * upgrades the version before. Released steps are never edited.
 */
export const TEACHING_MIGRATIONS: readonly string[] = [
  // A crop waits while it has neither a label nor was skipped. `held_back` is set with the first label of a crop and
  // stays for good, also where the label is taken back.
  `CREATE TABLE crop (
     position INTEGER PRIMARY KEY,
     id TEXT NOT NULL UNIQUE,
     taken_at INTEGER NOT NULL,
     origin TEXT NOT NULL,
     reason TEXT NOT NULL,
     region TEXT,
     model TEXT NOT NULL,
     guesses TEXT NOT NULL,
     doubt REAL NOT NULL,
     pixels BLOB NOT NULL,
     surroundings BLOB,
     label TEXT,
     labelled_at INTEGER,
     labelled_by TEXT,
     held_back INTEGER,
     confirmed INTEGER NOT NULL DEFAULT 0,
     skipped INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   CREATE TABLE action (
     position INTEGER PRIMARY KEY AUTOINCREMENT,
     before TEXT NOT NULL
   ) STRICT;
   CREATE TABLE state (
     name TEXT PRIMARY KEY,
     value TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;`,
  // What the verifier saw of a crop, and how much of the frame that was.
  `ALTER TABLE crop ADD COLUMN around BLOB;
   ALTER TABLE crop ADD COLUMN around_window REAL;`,
];
