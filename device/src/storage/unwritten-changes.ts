import type { PendingEvent } from './pending-events.js';
import type { StoredEvent } from './protocol.js';

/** The content of one transaction, and the callbacks that wait for it. */
export interface Load {
  readonly events: readonly PendingEvent[];
  readonly put: readonly StoredEvent[];
  readonly forget: readonly number[];
  readonly waiting: readonly (() => void)[];
  /** Whether the state beside events has changed. */
  readonly state: boolean;
}

/**
 * Changes that are in memory but not in the database: new events and deletions, with the callbacks that wait for them.
 */
export class UnwrittenChanges {
  /** In order. */
  #events = new Set<PendingEvent>();
  /** Positions of events on the disk that must be deleted. */
  #forgotten: number[] = [];
  #waiting: (() => void)[] = [];
  #state = false;
  #nextPosition = 1;

  /** Number of events that are only in memory. */
  get eventCount(): number {
    return this.#events.size;
  }

  get isEmpty(): boolean {
    return !this.isPressing && this.#forgotten.length === 0;
  }

  /** Whether more than deletions must be written, so that the transaction must not wait for long. */
  get isPressing(): boolean {
    return this.#events.size > 0 || this.#state;
  }

  /** Notes that the state beside events has changed. */
  changeState(): void {
    this.#state = true;
  }

  add(pending: PendingEvent): void {
    this.#events.add(pending);
  }

  /**
   * Removes an event that has left the queue: it need not be written any more, or must be deleted if it is on the disk.
   */
  remove(pending: PendingEvent): void {
    this.#events.delete(pending);
    if (pending.position !== undefined) this.forget(pending.position);
  }

  forget(position: number): void {
    this.#forgotten.push(position);
  }

  /** Calls `done` when all current changes are written, or can be sent without the disk. */
  wait(done: () => void): void {
    this.#waiting.push(done);
  }

  /**
   * Takes all changes for one transaction, and gives each event its position on the disk.
   *
   * @param before running time of all runs before this process, in milliseconds
   */
  take(before: number): Load {
    const events = [...this.#events];
    const put = events.map((pending): StoredEvent => {
      pending.position ??= this.#nextPosition++;
      return { position: pending.position, json: pending.json, putAt: before + pending.putAt };
    });
    const load = { events, put, forget: this.#forgotten, waiting: this.#waiting, state: this.#state };
    this.#events = new Set();
    this.#forgotten = [];
    this.#waiting = [];
    this.#state = false;
    return load;
  }

  /** Takes back the load of a failed transaction. @param holds whether an event is still in the queue */
  putBack({ events, forget, waiting, state }: Load, holds: (pending: PendingEvent) => boolean): void {
    this.#events = new Set([...events.filter(holds), ...this.#events]);
    this.#forgotten.push(...forget);
    this.#waiting = [...waiting, ...this.#waiting];
    this.#state ||= state;
  }

  /** Lets events be sent from memory and ends all waiting, because the disk fails. */
  release(): void {
    for (const pending of this.#events) pending.ready = true;
    for (const done of this.#waiting.splice(0)) done();
  }

  /** Positions are never reused, even those of an earlier database. */
  raiseNextPosition(next: number): void {
    this.#nextPosition = Math.max(this.#nextPosition, next);
  }

  /** Starts with another database, which holds nothing of what is in memory. */
  beginAnew(pending: readonly PendingEvent[]): void {
    for (const one of pending) delete one.position;
    this.#events = new Set(pending);
    this.#forgotten = [];
    this.#state = true;
  }

  /** Compares memory with the database and makes it match memory: missing events are written, extra ones deleted. */
  compare(pending: readonly PendingEvent[], stored: readonly StoredEvent[]): void {
    const there = new Set(stored.map(({ position }) => position));
    const wanted = new Set(pending.map(({ position }) => position));
    this.#events = new Set(pending.filter(({ position }) => position === undefined || !there.has(position)));
    this.#forgotten = [...there].filter((position) => !wanted.has(position));
    this.#state = true;
  }
}

/** Marks the events of a successful transaction as ready to be sent. */
export function settle({ events, waiting }: Load): void {
  for (const pending of events) pending.ready = true;
  for (const done of waiting) done();
}
