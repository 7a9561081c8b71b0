import type { ReadingEvent } from '@inkcast/shared/messages';

export interface QueuedEvent {
  /** Increases with every event; never used twice. */
  readonly sequence: number;
  readonly event: ReadingEvent;
}

/** Events on their way to the broker, in the order in which they happened. */
export interface EventQueue {
  /** Resolves when the event is on the disk, or in memory if the disk fails. */
  put(event: ReadingEvent): Promise<void>;
  /** The oldest unacknowledged events with a sequence above `after`, in order. */
  oldest(limit: number, after?: number): readonly QueuedEvent[];
  /** Removes an event that the broker has acknowledged. */
  acknowledge(sequence: number): void;
  /** Removes and counts an event that the broker will never accept. */
  setAside(sequence: number): void;
  readonly depth: number;
}
