import type { AcceptedValue } from '@inkcast/reader/reading';
import type { Drops } from './drops.js';
import type { HistoryQuery, HistoryRetention } from './history.js';

// The messages between the event store and the thread that holds the database.

/** An event with its position on the disk. */
export interface StoredEvent {
  readonly position: number;
  /** The event as JSON. */
  readonly json: string;
  /** Running time when it was put, in milliseconds over all runs with this database. */
  readonly putAt: number;
}

/** The content of a database when it was opened. */
export interface Contents {
  /** In order; some may not be valid events any more. */
  readonly events: readonly StoredEvent[];
  readonly drops: Drops;
  /** Above every position ever used, in the queue or in the history. */
  readonly nextPosition: number;
  /** Distinguishes this database from any other that may replace it. */
  readonly identity: string;
  /** The id of the newest event ever put into it. */
  readonly newestId: string | undefined;
  readonly state: StoredState;
}

/** The state that outlives a restart in addition to events. */
export interface StoredState {
  /** Milliseconds for which daemons have run with this database. */
  readonly ranMs: number;
  /**
   * The last accepted reading of each region, or under `''` that of a device without named regions; null if it was
   * forgotten.
   */
  readonly accepted: ReadonlyMap<string, AcceptedValue | null>;
}

/** One transaction. Repeating it changes nothing, so it can be tried again after an unclear failure. */
export interface Batch {
  readonly put: readonly StoredEvent[];
  /** Positions of events that the broker has acknowledged, or that were dropped. */
  readonly forget: readonly number[];
  readonly drops: Drops;
  /** Absent if it has not changed. */
  readonly state: StoredState | undefined;
}

export type Work =
  | { readonly kind: 'open' }
  | { readonly kind: 'commit'; readonly batch: Batch }
  | { readonly kind: 'history'; readonly query: HistoryQuery }
  | { readonly kind: 'known'; readonly ids: readonly string[] }
  | { readonly kind: 'prune'; readonly retention: HistoryRetention; readonly ranMs: number }
  | { readonly kind: 'check' }
  | { readonly kind: 'rescue' };

export interface Failure {
  readonly kind: 'failure';
  readonly message: string;
  /**
   * `damage`: the database is damaged. `lost`: its files were deleted or replaced. `newer`: a newer Inkcast has written
   * it. `disk`: anything else.
   */
  readonly problem: 'damage' | 'lost' | 'newer' | 'disk';
}

export type Result =
  | { readonly kind: 'open'; readonly contents: Contents }
  /** For `historyPageOf`. */
  | { readonly kind: 'history'; readonly rows: readonly unknown[] }
  | { readonly kind: 'known'; readonly ids: readonly string[] }
  | { readonly kind: 'done' }
  | Failure;

export interface Request {
  readonly id: number;
  readonly work: Work;
}

export interface Answer {
  readonly id: number;
  readonly result: Result;
}
