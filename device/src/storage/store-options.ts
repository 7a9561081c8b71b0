import type { InkError } from '@inkcast/shared/errors';
import type { AcceptedValue } from '../reading/index.js';
import type { Drops } from './drops.js';
import type { HistoryRetention } from './history.js';
import type { QueueBounds } from './pending-events.js';
import type { Problem } from './problems.js';

export interface EventStoreOptions {
  /** Folder of the database; made where it is missing. */
  readonly folder: string;
  readonly queue: QueueBounds;
  readonly history: HistoryRetention;
  /** Told of every problem once, when it begins. */
  readonly report: (error: InkError) => void;
  /** Told when `status.state` has changed. */
  readonly changed?: () => void;
  /**
   * Told of the reading that was accepted last in an earlier run, in each region, unless this run has accepted one before
   * that is known. The region is undefined for a device without named ones.
   */
  readonly restored?: (accepted: AcceptedValue, region: string | undefined) => void;
  readonly timing?: Partial<StoreTiming>;
  /** Monotonic milliseconds; default those of this process. */
  readonly now?: () => number;
}

export interface StoreTiming {
  /** Least time between two flushes to the disk: events in between share one. A lone event is flushed at once. */
  readonly flushSpacingMs: number;
  /** Longest time that an acknowledgement waits for a flush to go along with. */
  readonly acknowledgeDelayMs: number;
  /** Time between attempts to write again to a disk that has failed. */
  readonly retryMs: number;
  /** Time between two looks at whether the database's files are still there. */
  readonly checkMs: number;
}

export const DEFAULT_TIMING: StoreTiming = {
  flushSpacingMs: 50,
  acknowledgeDelayMs: 5_000,
  retryMs: 30_000,
  checkMs: 10_000,
};

export interface StorageStatus {
  /** `memory`: the disk takes nothing, so that events would not outlive a crash. */
  readonly state: 'disk' | 'memory';
  readonly depth: number;
  readonly drops: Drops;
  readonly problems: readonly Problem[];
}
