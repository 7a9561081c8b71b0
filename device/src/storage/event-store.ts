import { asInkError, InkError } from '@inkcast/shared/errors';
import { eventSchema, type ReadingEvent } from '@inkcast/shared/messages';
import type { EventQueue, QueuedEvent } from '../mqtt/index.js';
import type { AcceptedValue } from '../reading/index.js';
import { DamageError, DatabaseThread, LostError, type Opened } from './database-thread.js';
import { type DropReason, type Drops, describeDrops, NO_DROPS, sumOfDrops } from './drops.js';
import { FlushTimer } from './flush-timer.js';
import { FolderLock } from './folder-lock.js';
import type { HistoryEntry, HistoryQuery } from './history.js';
import { type PendingEvent, PendingEvents } from './pending-events.js';
import { Problems } from './problems.js';
import type { StoredEvent, StoredState } from './protocol.js';
import { RunningTime } from './running-time.js';
import { becameDamaged, becameLost, droppedAtStop } from './said.js';
import { DEFAULT_TIMING, type EventStoreOptions, type StorageStatus, type StoreTiming } from './store-options.js';
import { settle, UnwrittenChanges } from './unwritten-changes.js';

const MAINTENANCE_MS = 3_600_000;

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
  readonly #unwritten = new UnwrittenChanges();
  readonly #problems: Problems;
  readonly #timer = new FlushTimer();
  #state: 'disk' | 'memory' = 'memory';
  #stopped = true;
  /** Whether the events of earlier runs have been read. */
  #loaded = false;
  /** Why the database is to be opened again, where it is not the disk that failed. */
  #fault: DamageError | LostError | undefined;
  /** The database that was written last. */
  #identity = '';
  #newestId: string | undefined;
  #accepted: StoredState['accepted'];
  readonly #time: RunningTime;
  #drops: Drops = NO_DROPS;
  /** The transaction or the opening under way: one at a time. */
  #busy: Promise<void> | undefined;
  #flushedAt = Number.NEGATIVE_INFINITY;
  #retry: NodeJS.Timeout | undefined;
  #maintenance: NodeJS.Timeout | undefined;
  #checks: NodeJS.Timeout | undefined;

  constructor(options: EventStoreOptions) {
    this.#options = options;
    this.#timing = { ...DEFAULT_TIMING, ...options.timing };
    this.#lock = new FolderLock(options.folder);
    this.#thread = new DatabaseThread(options.folder);
    this.#pending = new PendingEvents(options.queue);
    this.#problems = new Problems(options.report);
    this.#time = new RunningTime(options.now);
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
    this.#checks = setInterval(() => this.#check(), this.#timing.checkMs).unref();
  }

  /** Writes what is left to write, and closes the database. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#maintenance);
    clearInterval(this.#checks);
    clearTimeout(this.#retry);
    this.#timer.clear();
    await this.#busy;
    const isMissing = this.#state === 'memory' && this.#unwritten.isPressing;
    this.#unwritten.changeState();
    if (this.#state === 'disk') await this.#exclusively(() => this.#save());
    // The last write may have found that the database is not there any more.
    if (isMissing || this.#fault !== undefined) await this.#exclusively(() => this.#reopen());
    const lost = this.#unwritten.eventCount;
    if (lost > 0) this.#problems.begin(droppedAtStop(lost));
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

  /** The id of the newest event of this run or, as far as they are known, of earlier ones. */
  get newestId(): string | undefined {
    return this.#newestId;
  }

  put(event: ReadingEvent): Promise<void> {
    const pending = this.#pending.add(JSON.stringify(event), this.#time.elapsed);
    this.#newestId = event.id;
    this.#unwritten.add(pending);
    this.#prune();
    if (this.#state === 'memory') pending.ready = true;
    return this.#written();
  }

  /** Keeps the last accepted reading over restarts; null forgets it. Resolves when it is on the disk, as `put` does. */
  keepAccepted(accepted: AcceptedValue | null): Promise<void> {
    this.#accepted = accepted;
    this.#unwritten.changeState();
    return this.#written();
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

  setAside(sequence: number): void {
    if (this.#pending.get(sequence) === undefined) return;
    // Who sends says so: here it is only counted.
    this.#drops = { ...this.#drops, refused: this.#drops.refused + 1 };
    this.acknowledge(sequence);
  }

  /** @throws InkError INK_STORAGE_UNAVAILABLE while the disk fails */
  async history(query: HistoryQuery): Promise<readonly HistoryEntry[]> {
    try {
      return await this.#thread.history(query);
    } catch (error) {
      if (!(error instanceof DamageError || error instanceof LostError)) throw error;
      this.#degrade(error);
      throw new InkError('INK_STORAGE_UNAVAILABLE', `The history cannot be read: ${error.message}.`);
    }
  }

  /** Resolves when what is unwritten now is on the disk, or where the disk takes nothing. */
  #written(): Promise<void> {
    if (this.#state === 'memory') return Promise.resolve();
    return new Promise((resolve) => {
      this.#unwritten.wait(resolve);
      this.#arm();
    });
  }

  /** Sets the timer for the next transaction, if there is something to write. */
  #arm(): void {
    if (this.#state !== 'disk' || this.#stopped || this.#busy !== undefined || this.#unwritten.isEmpty) return;
    const { flushSpacingMs, acknowledgeDelayMs } = this.#timing;
    const due = this.#unwritten.isPressing ? this.#flushedAt + flushSpacingMs : performance.now() + acknowledgeDelayMs;
    this.#timer.arm(due, () => void this.#exclusively(() => this.#save()));
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
    this.#timer.clear();
    const load = this.#unwritten.take(this.#time.before);
    if (load.events.length > 0) this.#flushedAt = performance.now();
    try {
      const state = load.state ? { ranMs: this.#time.total, accepted: this.#accepted } : undefined;
      await this.#thread.commit({ put: load.put, forget: load.forget, drops: this.#drops, state });
    } catch (error) {
      this.#unwritten.putBack(load, ({ sequence }) => this.#pending.get(sequence) !== undefined);
      throw error;
    }
    settle(load);
  }

  #enter(state: 'disk' | 'memory'): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.changed?.();
  }

  #degrade(error: unknown): void {
    this.#enter('memory');
    if (error instanceof DamageError || error instanceof LostError) this.#fault = error;
    else this.#problems.begin(asInkError(error));
    this.#unwritten.release();
    clearTimeout(this.#retry);
    if (this.#stopped) return;
    this.#retry = setTimeout(
      () => void this.#exclusively(() => this.#reopen()),
      error === this.#fault ? 0 : this.#timing.retryMs,
    ).unref();
  }

  /** Opens the database, reads it if that was not possible before, and writes down what is only in memory. */
  async #reopen(): Promise<void> {
    const rescued = this.#fault instanceof LostError && (await this.#thread.rescue());
    await this.#thread.stop();
    // Again, since on a disk that refused everything there was no lock to take, and one that was deleted holds nobody.
    this.#lock.take();
    this.#absorb(await this.#thread.start(this.#fault instanceof DamageError ? this.#fault : undefined), rescued);
    this.#prune();
    await this.#commit();
    await this.#thread.pruneHistory(this.#options.history, this.#time.total);
    this.#problems.end('INK_STORAGE_UNAVAILABLE', 'INK_STORAGE_NEWER', 'INK_STORAGE_TAKEN');
    this.#enter('disk');
  }

  #absorb({ events, drops, nextPosition, identity, newestId, state, setAside }: Opened, rescued: boolean): void {
    const isSame = this.#loaded && identity === this.#identity;
    const isLost = this.#fault instanceof LostError || (this.#loaded && !isSame);
    this.#unwritten.raiseNextPosition(nextPosition);
    if (setAside !== undefined) this.#problems.happen(becameDamaged(setAside));
    else if (isLost) this.#problems.happen(becameLost(this.#options.folder, rescued));
    this.#fault = undefined;
    if (isSame) {
      this.#unwritten.compare([...this.#pending], events);
      return;
    }
    this.#unwritten.beginAnew([...this.#pending]);
    this.#loaded = true;
    this.#identity = identity;
    if (newestId !== undefined && newestId > (this.#newestId ?? '')) this.#newestId = newestId;
    this.#drops = sumOfDrops(this.#drops, drops);
    this.#time.goOnFrom(state.ranMs);
    if (this.#accepted === undefined && state.accepted) this.#restore(state.accepted);
    for (const stored of events) this.#load(stored);
  }

  #restore(accepted: AcceptedValue): void {
    this.#accepted = accepted;
    this.#options.restored?.(accepted);
  }

  #load({ position, json, putAt }: StoredEvent): void {
    if (parseStoredEvent(json) !== undefined) {
      this.#pending.add(json, putAt - this.#time.before, { position });
      return;
    }
    this.#unwritten.forget(position);
    this.#giveUp('unreadable');
  }

  #remove(pending: PendingEvent): void {
    this.#pending.remove(pending.sequence);
    this.#unwritten.remove(pending);
  }

  #prune(): void {
    for (const { pending, reason } of this.#pending.overdue(this.#time.elapsed)) {
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
    this.#unwritten.changeState();
    this.#arm();
    if (this.#state !== 'disk') return;
    this.#thread.pruneHistory(this.#options.history, this.#time.total).catch((error: unknown) => this.#degrade(error));
  }

  /** Whether lock and database are still what others find in the folder: SQLite itself does not notice. */
  #check(): void {
    if (this.#state !== 'disk' || this.#busy !== undefined) return;
    void this.#exclusively(async () => {
      this.#lock.take();
      await this.#thread.check();
    });
  }
}

/** Undefined for what is not an event of this version: a turned bit in a text, which SQLite does not notice. */
function parseStoredEvent(json: string): ReadingEvent | undefined {
  try {
    return eventSchema.parse(JSON.parse(json));
  } catch {
    return undefined;
  }
}
