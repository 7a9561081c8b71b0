import type { AcceptedValue } from '../reading/index.js';
import type { Drops } from './drops.js';
import type { HistoryPage, HistoryQuery, HistoryRetention } from './history.js';

// What crosses between the event store and the thread that holds the database.

/** An event with its place on the disk. */
export interface StoredEvent {
  readonly position: number;
  /** The event as JSON. */
  readonly json: string;
  /** Running time at which it was put, in milliseconds over all runs that this database has seen. */
  readonly putAt: number;
}

/** What a database held when it was opened. */
export interface Contents {
  /** In order; some may not be valid events any more. */
  readonly events: readonly StoredEvent[];
  readonly drops: Drops;
  /** Above every position ever given, in the queue or in the history. */
  readonly nextPosition: number;
  /** Tells this database from any other that may take its place. */
  readonly identity: string;
  /** The id of the newest event that it has held. */
  readonly newestId: string | undefined;
  readonly state: StoredState;
}

/** What outlives a restart beside events. */
export interface StoredState {
  /** Milliseconds for which daemons have run on this database. */
  readonly ranMs: number;
  /** The last accepted reading of each region, and of a device without named ones under `''`; null where it was forgotten. */
  readonly accepted: ReadonlyMap<string, AcceptedValue | null>;
}

/** One transaction. Doing it twice is the same as doing it once, so it can be tried again after an unclear failure. */
export interface Batch {
  readonly put: readonly StoredEvent[];
  /** Positions of events that the broker has, or that were given up. */
  readonly forget: readonly number[];
  readonly drops: Drops;
  /** Absent where it need not be written. */
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
   * `damage`: the database itself is damaged. `lost`: its files were deleted, or others stand in their place. `newer`: a
   * newer Inkcast has written it. `disk`: anything else.
   */
  readonly problem: 'damage' | 'lost' | 'newer' | 'disk';
}

export type Result =
  | { readonly kind: 'open'; readonly contents: Contents }
  | { readonly kind: 'history'; readonly page: HistoryPage }
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
