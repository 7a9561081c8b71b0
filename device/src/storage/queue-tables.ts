import type { AcceptedValue } from '@inkcast/reader/reading';
import type { ReadingEvent } from '@inkcast/shared/messages';
import type Database from 'libsql';
import * as z from 'zod/mini';
import { acceptedFromText, acceptedRow, acceptedToText, regionOfRow } from './accepted-value.js';
import { inTransaction } from './database.js';
import { DROP_REASONS, type Drops, NO_DROPS } from './drops.js';
import type { Batch, Contents, StoredState } from './protocol.js';

const eventRows = z.array(z.object({ position: z.int(), json: z.string(), putAt: z.int() }));
const dropRows = z.array(z.object({ reason: z.enum(DROP_REASONS), count: z.int() }));
const nextSchema = z.object({ next: z.int() });
const stateRows = z.array(z.object({ name: z.string(), value: z.string() }));
const newestSchema = z.optional(z.object({ id: z.string(), putAt: z.int() }));

/** Everything that must still be sent. */
export function readContents(database: Database.Database): Contents {
  const events = eventRows.parse(
    database.prepare('SELECT position, event AS json, put_at AS putAt FROM queue ORDER BY position').all(),
  );
  const counts = dropRows.parse(database.prepare('SELECT reason, count FROM dropped').all());
  const drops: Drops = { ...NO_DROPS, ...Object.fromEntries(counts.map(({ reason, count }) => [reason, count])) };
  const { next } = nextSchema.parse(
    database
      .prepare(
        `SELECT 1 + max(ifnull((SELECT max(position) FROM queue), 0),
                        ifnull((SELECT max(position) FROM history), 0)) AS next`,
      )
      .get(),
  );
  const newest = newestSchema.parse(
    database.prepare('SELECT id, put_at AS putAt FROM history ORDER BY position DESC LIMIT 1').get(),
  );
  const state = new Map(
    stateRows.parse(database.prepare('SELECT name, value FROM state').all()).map(({ name, value }) => [name, value]),
  );
  // The newest event may have been put after the running time was last written.
  const ranMs = Math.max(Number(state.get('ranMs') ?? 0), newest?.putAt ?? 0);
  const identity = state.get('identity') ?? '';
  return {
    events,
    drops,
    nextPosition: next,
    identity,
    newestId: newest?.id,
    state: { ranMs, accepted: acceptedIn(state) },
  };
}

function acceptedIn(state: ReadonlyMap<string, string>): Contents['state']['accepted'] {
  return new Map(
    [...state].flatMap(([name, text]): [string, AcceptedValue][] => {
      const region = regionOfRow(name);
      const accepted = region === undefined ? undefined : acceptedFromText(text);
      return region === undefined || accepted === undefined ? [] : [[region, accepted]];
    }),
  );
}

/** Writes batches into the tables of one connection. */
export class BatchWriter {
  readonly #database: Database.Database;
  readonly #put: Database.Statement;
  readonly #remember: Database.Statement;
  readonly #forget: Database.Statement;
  readonly #count: Database.Statement;
  readonly #state: Database.Statement;
  readonly #forgetState: Database.Statement;

  constructor(database: Database.Database) {
    this.#database = database;
    this.#put = database.prepare('INSERT OR REPLACE INTO queue (position, event, put_at) VALUES (?, ?, ?)');
    this.#remember = database.prepare(
      `INSERT OR REPLACE INTO history (position, id, event_type, text, confidence, model, captured_at, put_at, region)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#forget = database.prepare('DELETE FROM queue WHERE position = ?');
    this.#count = database.prepare('INSERT OR REPLACE INTO dropped (reason, count) VALUES (?, ?)');
    this.#forgetState = database.prepare('DELETE FROM state WHERE name = ?');
    this.#state = database.prepare('INSERT OR REPLACE INTO state (name, value) VALUES (?, ?)');
  }

  /**
   * New events are flushed to the disk. Mere deletions are not: if a power cut loses them, events are sent twice with
   * the same id, which receivers must expect.
   */
  write({ put, forget, drops, state }: Batch): void {
    const isPromised = put.length > 0 || state !== undefined;
    this.#database.exec(`PRAGMA synchronous = ${isPromised ? 'FULL' : 'NORMAL'}`);
    inTransaction(this.#database, () => {
      for (const { position, json, putAt } of put) {
        const event: ReadingEvent = JSON.parse(json);
        this.#put.run(position, json, putAt);
        const { id, event_type, text, confidence, model, capturedAt, region = null } = event;
        this.#remember.run(position, id, event_type, text, confidence, model, Date.parse(capturedAt), putAt, region);
      }
      for (const position of forget) this.#forget.run(position);
      for (const reason of DROP_REASONS) if (drops[reason] > 0) this.#count.run(reason, drops[reason]);
      if (state !== undefined) this.#writeState(state);
    });
  }

  #writeState({ ranMs, accepted }: StoredState): void {
    this.#state.run('ranMs', String(ranMs));
    for (const [region, value] of accepted) {
      if (value === null) this.#forgetState.run(acceptedRow(region));
      else this.#state.run(acceptedRow(region), acceptedToText(value));
    }
  }
}
