import type { ReadingEvent } from '@inkcast/shared/messages';
import type { EventQueue, QueuedEvent } from './event-queue.js';

/** Keeps events in memory, for a device without storage: at the bound the oldest makes room, and is counted. */
export class MemoryEventQueue implements EventQueue {
  readonly #bound: number;
  /** By sequence; a map keeps the order of insertion, which is theirs. */
  readonly #events = new Map<number, ReadingEvent>();
  #last = 0;
  #dropped = 0;

  /** @param bound most events kept */
  constructor(bound: number) {
    this.#bound = bound;
  }

  async put(event: ReadingEvent): Promise<void> {
    this.#events.set(++this.#last, event);
    if (this.#events.size <= this.#bound) return;
    const [oldest] = this.#events.keys();
    this.#events.delete(oldest);
    this.#dropped++;
  }

  oldest(limit: number, after = 0): readonly QueuedEvent[] {
    const found: QueuedEvent[] = [];
    for (const [sequence, event] of this.#events) {
      if (found.length === limit) break;
      if (sequence > after) found.push({ sequence, event });
    }
    return found;
  }

  acknowledge(sequence: number): void {
    this.#events.delete(sequence);
  }

  get depth(): number {
    return this.#events.size;
  }

  /** Events given up since the start. */
  get dropped(): number {
    return this.#dropped;
  }
}
