import { asInkError, InkError } from '@inkcast/shared/errors';
import { eventSchema, type ReadingEvent } from '@inkcast/shared/messages';
import type { EventQueue, QueuedEvent } from '../mqtt/index.js';
import { DamageError, DatabaseThread, type Opened } from './database-thread.js';
import { type DropReason, type Drops, describeDrops, NO_DROPS, sumOfDrops } from './drops.js';
import { FolderLock } from './folder-lock.js';
import type { HistoryEntry, HistoryQuery, HistoryRetention } from './history.js';
import { type PendingEvent, PendingEvents, type QueueBounds } from './pending-events.js';
import { type Problem, Problems } from './problems.js';
import type { StoredEvent } from './protocol.js';

export interface EventStoreOptions {
  /** Folder of the database; made where it is missing. */
  readonly folder: string;
  readonly queue: QueueBounds;
  readonly history: HistoryRetention;
  /** Told of every problem once, when it begins. */
  readonly report: (error: InkError) => void;
  /** Told when `status.state` has changed. */
  readonly changed?: () => void;
  readonly timing?: Partial<StoreTiming>;
}

export interface StoreTiming {
  /** Least time between two flushes to the disk: events in between share one. A lone event is flushed at once. */
  readonly flushSpacingMs: number;
  /** Longest time that an acknowledgement waits for a flush to go along with. */
  readonly acknowledgeDelayMs: number;
  /** Time between attempts to write again to a disk that has failed. */
  readonly retryMs: number;
}

export interface StorageStatus {
  /** `memory`: the disk takes nothing, so that events would not outlive a crash. */
  readonly state: 'disk' | 'memory';
  readonly depth: number;
  readonly drops: Drops;
  readonly problems: readonly Problem[];
}

const TIMING: StoreTiming = { flushSpacingMs: 50, acknowledgeDelayMs: 5_000, retryMs: 30_000 };
const MAINTENANCE_MS = 3_600_000;

/** What one transaction carries, and what has to be undone if it fails. */
interface Load {
  readonly events: readonly PendingEvent[];
  readonly forget: readonly number[];
  readonly waiting: readonly (() => void)[];
}

/**
 * The durable event queue and the history of readings. Memory holds every pending event, and sending reads from there;
 * the database is what memory is rebuilt from. So a disk that fails, or a database that is damaged, loses no event of
 * a running daemon: it goes on in memory, says so, and writes everything down when the disk takes it again.
 */
export class EventStore implements EventQueue {
  readonly #options: EventStoreOptions;
  readonly #timing: StoreTiming;
  readonly #lock: FolderLock;
  readonly #thread: DatabaseThread;
  readonly #pending: PendingEvents;
  readonly #problems: Problems;
  #state: 'disk' | 'memory' = 'memory';
  #stopped = true;
  /** Whether the events of earlier runs have been read. */
  #loaded = false;
  #damaged = false;
  #nextPosition = 1;
  #drops: Drops = NO_DROPS;
  /** In order, not on the disk. */
  #unsaved = new Set<PendingEvent>();
  /** On the disk, to be deleted. */
  #forgotten: number[] = [];
  #waiting: (() => void)[] = [];
  /** The transaction or the opening under way: one at a time. */
  #busy: Promise<void> | undefined;
  #flushedAt = Number.NEGATIVE_INFINITY;
  #timer: { readonly handle: NodeJS.Timeout; readonly due: number } | undefined;
  #retry: NodeJS.Timeout | undefined;
  #maintenance: NodeJS.Timeout | undefined;

  constructor(options: EventStoreOptions) {
    this.#options = options;
    this.#timing = { ...TIMING, ...options.timing };
    this.#lock = new FolderLock(options.folder);
    this.#thread = new DatabaseThread(options.folder);
    this.#pending = new PendingEvents(options.queue);
    this.#problems = new Problems(options.report);
  }

  /**
   * Reads what earlier runs have left. Never fails for the disk's sake: see `status`.
   *
   * @throws InkError INK_STORAGE_TAKEN
   */
  async start(): Promise<void> {
    this.#lock.take();
    this.#stopped = false;
    await this.#exclusively(() => this.#reopen());
    this.#maintenance = setInterval(() => this.#maintain(), MAINTENANCE_MS).unref();
  }

  /** Writes what is left to write, and closes the database. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#maintenance);
    clearTimeout(this.#retry);
    clearTimeout(this.#timer?.handle);
    await this.#busy;
    if (this.#state === 'disk') await this.#exclusively(() => this.#save());
    else if (this.#unsaved.size > 0) await this.#exclusively(() => this.#reopen());
    const lost = this.#unsaved.size;
    if (lost > 0) {
      const happened = `${lost} events were only in memory when the daemon stopped, and are lost.`;
      this.#problems.begin(new InkError('INK_EVENTS_DROPPED', happened));
    }
    this.#state = 'memory';
    await this.#thread.stop();
    this.#lock.release();
  }

  get status(): StorageStatus {
    const problems = this.#problems.current;
    return { state: this.#state, depth: this.depth, drops: this.#drops, problems };
  }

  get depth(): number {
    return this.#pending.count;
  }

  put(event: ReadingEvent): Promise<void> {
    const pending = this.#pending.add(event, JSON.stringify(event));
    this.#unsaved.add(pending);
    this.#prune();
    if (this.#state === 'memory') {
      pending.ready = true;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#arm();
    });
  }

  oldest(limit: number, after = 0): readonly QueuedEvent[] {
    const found: QueuedEvent[] = [];
    for (const { sequence, json, ready } of this.#pending) {
      // What follows an event that is not on the disk yet must not overtake it.
      if (found.length === limit || !ready) break;
      if (sequence > after) found.push({ sequence, event: JSON.parse(json) });
    }
    return found;
  }

  acknowledge(sequence: number): void {
    const pending = this.#pending.get(sequence);
    if (pending === undefined) return;
    this.#remove(pending);
    if (this.#pending.count === 0) this.#problems.end('INK_EVENTS_DROPPED');
    this.#arm();
  }

  /** @throws InkError INK_STORAGE_UNAVAILABLE while the disk fails */
  async history(query: HistoryQuery): Promise<readonly HistoryEntry[]> {
    try {
      return await this.#thread.history(query);
    } catch (error) {
      if (!(error instanceof DamageError)) throw error;
      this.#degrade(error);
      throw new InkError('INK_STORAGE_UNAVAILABLE', 'The history cannot be read: its database is damaged.');
    }
  }

  /** Sets the timer for the next transaction, if there is something to write. */
  #arm(): void {
    if (this.#state !== 'disk' || this.#stopped || this.#busy !== undefined) return;
    const now = performance.now();
    const { flushSpacingMs, acknowledgeDelayMs } = this.#timing;
    if (this.#unsaved.size === 0 && this.#forgotten.length === 0) return;
    const due = this.#unsaved.size > 0 ? this.#flushedAt + flushSpacingMs : now + acknowledgeDelayMs;
    if (this.#timer !== undefined && this.#timer.due <= due) return;
    clearTimeout(this.#timer?.handle);
    this.#timer = {
      handle: setTimeout(() => void this.#exclusively(() => this.#save()), Math.max(0, due - now)),
      due,
    };
  }

  /** Does what touches the database, after what was begun before. On failure the store goes on in memory. */
  #exclusively(work: () => Promise<void>): Promise<void> {
    const mine: Promise<void> = (this.#busy ?? Promise.resolve())
      .then(work)
      .catch((error: unknown) => this.#degrade(error))
      .finally(() => {
        if (this.#busy === mine) this.#busy = undefined;
        this.#arm();
      });
    this.#busy = mine;
    return mine;
  }

  async #save(): Promise<void> {
    // In memory, opening the database again writes everything.
    if (this.#state === 'disk') await this.#commit();
  }

  /** One transaction with all there is to write. */
  async #commit(): Promise<void> {
    clearTimeout(this.#timer?.handle);
    this.#timer = undefined;
    const load = this.#take();
    if (load.events.length > 0) this.#flushedAt = performance.now();
    try {
      await this.#thread.commit({ put: load.events.map(toStored), forget: load.forget, drops: this.#drops });
    } catch (error) {
      this.#unsaved = new Set([...load.events.filter((event) => this.#holds(event)), ...this.#unsaved]);
      this.#forgotten.push(...load.forget);
      this.#waiting = [...load.waiting, ...this.#waiting];
      throw error;
    }
    for (const pending of load.events) pending.ready = true;
    for (const done of load.waiting) done();
  }

  #take(): Load {
    const events = [...this.#unsaved];
    for (const pending of events) pending.position ??= this.#nextPosition++;
    const load = { events, forget: this.#forgotten, waiting: this.#waiting };
    this.#unsaved = new Set();
    this.#forgotten = [];
    this.#waiting = [];
    return load;
  }

  #enter(state: 'disk' | 'memory'): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.changed?.();
  }

  #degrade(error: unknown): void {
    this.#enter('memory');
    this.#damaged = error instanceof DamageError;
    if (!(error instanceof DamageError)) this.#problems.begin(asInkError(error));
    for (const pending of this.#unsaved) pending.ready = true;
    for (const done of this.#waiting.splice(0)) done();
    clearTimeout(this.#retry);
    if (this.#stopped) return;
    this.#retry = setTimeout(
      () => void this.#exclusively(() => this.#reopen()),
      this.#damaged ? 0 : this.#timing.retryMs,
    ).unref();
  }

  /** Opens the database, reads it if that was not possible before, and writes down what is only in memory. */
  async #reopen(): Promise<void> {
    await this.#thread.stop();
    // Again, since on a disk that refused everything there was no lock to take.
    this.#lock.take();
    this.#absorb(await this.#thread.start(this.#damaged));
    this.#prune();
    await this.#commit();
    await this.#thread.pruneHistory(this.#options.history);
    this.#problems.end('INK_STORAGE_UNAVAILABLE', 'INK_STORAGE_NEWER', 'INK_STORAGE_TAKEN');
    this.#enter('disk');
  }

  #absorb({ events, drops, nextPosition, setAside }: Opened): void {
    this.#nextPosition = Math.max(this.#nextPosition, nextPosition);
    this.#damaged = false;
    if (setAside !== undefined) {
      const happened = `The database was damaged; it is kept as ${setAside}, and a new one was begun.`;
      this.#problems.begin(new InkError('INK_STORAGE_DAMAGED', happened));
    }
    if (this.#loaded) {
      this.#compare(events);
      return;
    }
    this.#loaded = true;
    this.#drops = sumOfDrops(this.#drops, drops);
    for (const stored of events) this.#load(stored);
  }

  /** Memory is right: what the database lacks is written, what it has too much is deleted. */
  #compare(events: readonly StoredEvent[]): void {
    const there = new Set(events.map(({ position }) => position));
    const wanted = new Set([...this.#pending].map(({ position }) => position));
    this.#unsaved = new Set(
      [...this.#pending].filter(({ position }) => position === undefined || !there.has(position)),
    );
    this.#forgotten = [...there].filter((position) => !wanted.has(position));
  }

  #load({ position, json }: StoredEvent): void {
    const event = parseEvent(json);
    if (event !== undefined) {
      this.#pending.add(event, json, { position });
      return;
    }
    this.#forgotten.push(position);
    this.#giveUp('unreadable');
  }

  #holds({ sequence }: PendingEvent): boolean {
    return this.#pending.get(sequence) !== undefined;
  }

  #remove(pending: PendingEvent): void {
    const { sequence, position } = pending;
    this.#pending.remove(sequence);
    this.#unsaved.delete(pending);
    if (position !== undefined) this.#forgotten.push(position);
  }

  #prune(): void {
    for (const { pending, reason } of this.#pending.overdue(Date.now())) {
      this.#remove(pending);
      this.#giveUp(reason);
    }
  }

  #giveUp(reason: DropReason): void {
    this.#drops = { ...this.#drops, [reason]: this.#drops[reason] + 1 };
    this.#problems.begin(new InkError('INK_EVENTS_DROPPED', describeDrops(this.#drops)));
  }

  #maintain(): void {
    this.#prune();
    this.#arm();
    if (this.#state !== 'disk') return;
    this.#thread.pruneHistory(this.#options.history).catch((error: unknown) => this.#degrade(error));
  }
}

function toStored({ position, json }: PendingEvent): StoredEvent {
  if (position === undefined) throw new InkError('INK_INTERNAL', 'An event without a position cannot be stored.');
  return { position, json };
}

/** Undefined for what is not an event of this version: a turned bit in a text, which SQLite does not notice. */
function parseEvent(json: string): ReadingEvent | undefined {
  try {
    return eventSchema.parse(JSON.parse(json));
  } catch {
    return undefined;
  }
}
