import type { DropReason } from './drops.js';

/** An event that the broker has not acknowledged. */
export interface PendingEvent {
  /** Order and name within this process. */
  readonly sequence: number;
  readonly json: string;
  readonly bytes: number;
  /** Running time of this process when it was put, in milliseconds; below 0 for events of earlier runs. */
  readonly putAt: number;
  /** Its position on the disk, once it has one. */
  position?: number;
  /** Whether it may be sent: it is on the disk, or the disk fails. */
  ready: boolean;
}

export interface QueueBounds {
  /** Bytes of events as JSON. */
  readonly maxBytes: number;
  /** In days of running time. */
  readonly maxAgeDays: number;
}

const DAY_MS = 86_400_000;

/**
 * All pending events in order. They are kept as JSON, which takes a tenth of the memory of objects and can be counted
 * in bytes. The oldest ones are dropped when the queue exceeds its limits.
 */
export class PendingEvents {
  readonly #bounds: QueueBounds;
  /** A map keeps the order of insertion, which is that of sequences. */
  readonly #events = new Map<number, PendingEvent>();
  #bytes = 0;
  #last = 0;

  constructor(bounds: QueueBounds) {
    this.#bounds = bounds;
  }

  get count(): number {
    return this.#events.size;
  }

  /** Adds an event as the newest. */
  add(json: string, putAt: number, stored?: { readonly position: number }): PendingEvent {
    const pending: PendingEvent = {
      sequence: ++this.#last,
      json,
      bytes: Buffer.byteLength(json),
      putAt,
      ready: stored !== undefined,
      ...stored,
    };
    this.#events.set(pending.sequence, pending);
    this.#bytes += pending.bytes;
    return pending;
  }

  get(sequence: number): PendingEvent | undefined {
    return this.#events.get(sequence);
  }

  remove(sequence: number): void {
    const pending = this.#events.get(sequence);
    if (pending === undefined) return;
    this.#events.delete(sequence);
    this.#bytes -= pending.bytes;
  }

  [Symbol.iterator](): IterableIterator<PendingEvent> {
    return this.#events.values();
  }

  /**
   * The events beyond the limits, oldest first. The newest event is never dropped for size. The caller must remove each
   * at once.
   *
   * @param now running time of this process
   */
  *overdue(now: number): Generator<{ readonly pending: PendingEvent; readonly reason: DropReason }, void, void> {
    const { maxBytes, maxAgeDays } = this.#bounds;
    for (const pending of this.#events.values()) {
      const tooOld = pending.putAt < now - maxAgeDays * DAY_MS;
      const tooMuch = this.#bytes > maxBytes && this.#events.size > 1;
      if (!tooOld && !tooMuch) return;
      yield { pending, reason: tooOld ? 'age' : 'size' };
    }
  }
}
