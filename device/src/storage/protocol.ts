import type { Drops } from './drops.js';
import type { HistoryEntry, HistoryQuery, HistoryRetention } from './history.js';

// What crosses between the event store and the thread that holds the database.

/** An event with its place on the disk. */
export interface StoredEvent {
  readonly position: number;
  /** The event as JSON. */
  readonly json: string;
}

/** What a database held when it was opened. */
export interface Contents {
  /** In order; some may not be valid events any more. */
  readonly events: readonly StoredEvent[];
  readonly drops: Drops;
  /** Above every position ever given, in the queue or in the history. */
  readonly nextPosition: number;
}

/** One transaction. Doing it twice is the same as doing it once, so it can be tried again after an unclear failure. */
export interface Batch {
  readonly put: readonly StoredEvent[];
  /** Positions of events that the broker has, or that were given up. */
  readonly forget: readonly number[];
  readonly drops: Drops;
}

export type Work =
  | { readonly kind: 'open' }
  | { readonly kind: 'commit'; readonly batch: Batch }
  | { readonly kind: 'history'; readonly query: HistoryQuery }
  | { readonly kind: 'prune'; readonly retention: HistoryRetention; readonly now: number };

export interface Failure {
  readonly kind: 'failure';
  readonly message: string;
  /** Whether the database itself is damaged. */
  readonly damage: boolean;
  /** Whether a newer Inkcast has written it. */
  readonly newer: boolean;
}

export type Result =
  | { readonly kind: 'open'; readonly contents: Contents }
  | { readonly kind: 'commit' }
  | { readonly kind: 'history'; readonly entries: readonly HistoryEntry[] }
  | { readonly kind: 'prune' }
  | Failure;

export interface Request {
  readonly id: number;
  readonly work: Work;
}

export interface Answer {
  readonly id: number;
  readonly result: Result;
}
