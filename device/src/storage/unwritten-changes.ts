import type { PendingEvent } from './pending-events.js';
import type { StoredEvent } from './protocol.js';

/** What one transaction carries, and who waits for it. */
export interface Load {
  readonly events: readonly PendingEvent[];
  readonly put: readonly StoredEvent[];
  readonly forget: readonly number[];
  readonly waiting: readonly (() => void)[];
  /** Whether what is kept beside events has changed. */
  readonly state: boolean;
}

/** What memory holds and the database does not: new events, deletions, and those who wait for either. */
export class UnwrittenChanges {
  /** In order. */
  #events = new Set<PendingEvent>();
  /** Positions of events on the disk that are to be deleted. */
  #forgotten: number[] = [];
  #waiting: (() => void)[] = [];
  #state = false;
  #nextPosition = 1;

  /** Events that are only in memory. */
  get eventCount(): number {
    return this.#events.size;
  }

  get isEmpty(): boolean {
    return !this.isPressing && this.#forgotten.length === 0;
  }

  /** Whether there is something to write that must not wait for long: more than deletions. */
  get isPressing(): boolean {
    return this.#events.size > 0 || this.#state;
  }

  /** What is kept beside events has changed. */
  changeState(): void {
    this.#state = true;
  }

  add(pending: PendingEvent): void {
    this.#events.add(pending);
  }

  /** The event has left the queue: nothing of it is to be written, and what is written of it is to be deleted. */
  remove(pending: PendingEvent): void {
    this.#events.delete(pending);
    if (pending.position !== undefined) this.forget(pending.position);
  }

  forget(position: number): void {
    this.#forgotten.push(position);
  }

  /** Calls `done` when what is unwritten now is written, or can be sent all the same. */
  wait(done: () => void): void {
    this.#waiting.push(done);
  }

  /**
   * Takes everything for one transaction, each event with its place on the disk.
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

  /** Takes a load back whose transaction has failed. @param holds whether an event is still in the queue */
  putBack({ events, forget, waiting, state }: Load, holds: (pending: PendingEvent) => boolean): void {
    this.#events = new Set([...events.filter(holds), ...this.#events]);
    this.#forgotten.push(...forget);
    this.#waiting = [...waiting, ...this.#waiting];
    this.#state ||= state;
  }

  /** The disk fails: what is only in memory may be sent from there, and nobody waits any longer. */
  release(): void {
    for (const pending of this.#events) pending.ready = true;
    for (const done of this.#waiting.splice(0)) done();
  }

  /** Positions are never given twice, whatever the database has seen before. */
  raiseNextPosition(next: number): void {
    this.#nextPosition = Math.max(this.#nextPosition, next);
  }

  /** Another database stands in the place of the one that was written: of this one, nothing is known to it. */
  beginAnew(pending: readonly PendingEvent[]): void {
    for (const one of pending) delete one.position;
    this.#events = new Set(pending);
    this.#forgotten = [];
    this.#state = true;
  }

  /** Memory is right: what the database lacks is written, what it has too much is deleted. */
  compare(pending: readonly PendingEvent[], stored: readonly StoredEvent[]): void {
    const there = new Set(stored.map(({ position }) => position));
    const wanted = new Set(pending.map(({ position }) => position));
    this.#events = new Set(pending.filter(({ position }) => position === undefined || !there.has(position)));
    this.#forgotten = [...there].filter((position) => !wanted.has(position));
    this.#state = true;
  }
}

/** A transaction has succeeded: its events may be sent. */
export function settle({ events, waiting }: Load): void {
  for (const pending of events) pending.ready = true;
  for (const done of waiting) done();
}
