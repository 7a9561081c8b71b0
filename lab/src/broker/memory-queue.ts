import type { EventQueue, QueuedEvent } from '@inkcast/device/mqtt';
import type { ReadingEvent } from '@inkcast/shared/messages';

/** The queue of a simulated device: thousands of them share a process, which has no room for as many databases. */
export class MemoryQueue implements EventQueue {
  readonly #events = new Map<number, ReadingEvent>();
  #last = 0;

  async put(event: ReadingEvent): Promise<void> {
    this.#last++;
    this.#events.set(this.#last, event);
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

  setAside(sequence: number): void {
    this.#events.delete(sequence);
  }

  get depth(): number {
    return this.#events.size;
  }
}
