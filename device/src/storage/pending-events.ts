import type { DropReason } from './drops.js';

/** An event that the broker has not acknowledged. */
export interface PendingEvent {
  /** Order and name within this process. */
  readonly sequence: number;
  readonly json: string;
  readonly bytes: number;
  /** Running time of this process at which it was put, in milliseconds; below 0 for what earlier runs have put. */
  readonly putAt: number;
  /** Place on the disk, once it has one. */
  position?: number;
  /** Whether it may be sent: it is on the disk, or the disk fails. */
  ready: boolean;
}

export interface QueueBounds {
  /** Bytes of events as JSON. */
  readonly maxBytes: number;
  /** Of running time. */
  readonly maxAgeDays: number;
}

const DAY_MS = 86_400_000;

/**
 * All pending events in order, as JSON: in a tenth of the memory that objects take, and counted to the byte. Kept
 * within bounds by giving up the oldest.
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
   * What the bounds do not allow, oldest first, but for their size never the newest; each is to be removed at once.
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
