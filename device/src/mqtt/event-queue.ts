import type { ReadingEvent } from '@inkcast/shared/messages';

export interface QueuedEvent {
  /** Grows with every event put; never used twice. */
  readonly sequence: number;
  readonly event: ReadingEvent;
}

/** Events on their way to the broker, in the order in which they happened. */
export interface EventQueue {
  /** Resolves when the event is on the disk (or, where the disk fails, kept in memory). */
  put(event: ReadingEvent): Promise<void>;
  /** The oldest events not acknowledged yet whose sequence is above `after`, in order. */
  oldest(limit: number, after?: number): readonly QueuedEvent[];
  /** The broker has acknowledged it: forget it. */
  acknowledge(sequence: number): void;
  /** The broker never takes it: count it, and forget it as one to be sent. */
  setAside(sequence: number): void;
  readonly depth: number;
}
