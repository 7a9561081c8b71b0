import type { AcceptedValue } from '@inkcast/reader/reading';
import type { InkError } from '@inkcast/shared/errors';
import type { Drops } from './drops.js';
import type { HistoryRetention } from './history.js';
import type { QueueBounds } from './pending-events.js';
import type { Problem } from './problems.js';

export interface EventStoreOptions {
  /** Folder of the database; made if it is missing. */
  readonly folder: string;
  readonly queue: QueueBounds;
  readonly history: HistoryRetention;
  /** Called once for each problem, when it begins. */
  readonly report: (error: InkError) => void;
  /** Called when `status.state` has changed. */
  readonly changed?: () => void;
  /**
   * Called for each region with the last accepted reading of an earlier run, unless this run accepts one first. The
   * region is undefined for a device without named regions.
   */
  readonly restored?: (accepted: AcceptedValue, region: string | undefined) => void;
  readonly timing?: Partial<StoreTiming>;
  /** Monotonic milliseconds; default: those of this process. */
  readonly now?: () => number;
}

export interface StoreTiming {
  /** Minimum time between two flushes to the disk; events in between share one. A single event is flushed at once. */
  readonly flushSpacingMs: number;
  /** Maximum time for which an acknowledgement waits for the next flush. */
  readonly acknowledgeDelayMs: number;
  /** Time between attempts to write to a disk that has failed. */
  readonly retryMs: number;
  /** Time between checks whether the database's files still exist. */
  readonly checkMs: number;
}

export const DEFAULT_TIMING: StoreTiming = {
  flushSpacingMs: 50,
  acknowledgeDelayMs: 5_000,
  retryMs: 30_000,
  checkMs: 10_000,
};

export interface StorageStatus {
  /** `memory`: the disk cannot be written, so events would not outlive a crash. */
  readonly state: 'disk' | 'memory';
  readonly depth: number;
  readonly drops: Drops;
  readonly problems: readonly Problem[];
}
