import type Database from 'libsql';
import { z } from 'zod';

const rowSchema = z.object({ value: z.string() }).optional();

/** What is remembered beside crops, as JSON. */
export type StateName = 'classes' | 'learning' | 'swap';

export function readState(database: Database.Database, name: StateName): unknown {
  const row = rowSchema.parse(database.prepare('SELECT value FROM state WHERE name = ?').get(name));
  return row === undefined ? undefined : JSON.parse(row.value);
}

/** @param value undefined forgets it */
export function writeState(database: Database.Database, name: StateName, value: unknown): void {
  if (value === undefined) {
    database.prepare('DELETE FROM state WHERE name = ?').run(name);
    return;
  }
  database.prepare('INSERT OR REPLACE INTO state (name, value) VALUES (?, ?)').run(name, JSON.stringify(value));
}
