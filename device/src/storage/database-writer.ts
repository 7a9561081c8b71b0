import { asInkError, InkError } from '@inkcast/shared/errors';
import { DamageError, DatabaseThread, LostError, type Opened } from './database-thread.js';
import { FlushTimer } from './flush-timer.js';
import { FolderLock } from './folder-lock.js';
import type { HistoryPage, HistoryQuery, HistoryRetention } from './history.js';
import type { PendingEvent } from './pending-events.js';
import type { Problems } from './problems.js';
import type { Batch, StoredState } from './protocol.js';
import type { StoreTiming } from './store-options.js';
import { settle, type UnwrittenChanges } from './unwritten-changes.js';

export interface DatabaseWriterOptions {
  /** Folder of the database; made where it is missing. */
  readonly folder: string;
  readonly timing: StoreTiming;
  readonly history: HistoryRetention;
  readonly memory: WriterMemory;
  readonly unwritten: UnwrittenChanges;
  readonly problems: Problems;
  /** Told when `state` has changed. */
  readonly changed: () => void;
}

/** What the writer asks of the memory that it writes down. */
export interface WriterMemory {
  /** Written with each transaction. */
  drops(): Batch['drops'];
  /** Written when it has changed. */
  state(): StoredState;
  /** Running time of all runs before this process, in milliseconds. */
  ranBeforeMs(): number;
  /** Whether an event is still in the queue. */
  holds(pending: PendingEvent): boolean;
  /** Compares memory with a database that was opened. @param isKnown whether it is the one that was written last */
  absorb(opened: Opened, isKnown: boolean): void;
}

/**
 * Writes to the database what only memory holds, one transaction at a time. While the disk fails, it tries again and
 * again; a database that is damaged or lost is opened anew, and everything in memory is written to it.
 */
export class DatabaseWriter {
  readonly #options: DatabaseWriterOptions;
  readonly #lock: FolderLock;
  readonly #thread: DatabaseThread;
  readonly #timer = new FlushTimer();
  #state: 'disk' | 'memory' = 'memory';
  #stopped = true;
  /** Why the database must be opened anew; undefined where only the disk failed. */
  #fault: DamageError | LostError | undefined;
  /** The identity of the database that was written last. */
  #identity: string | undefined;
  /** The transaction or the opening under way: one at a time. */
  #busy: Promise<void> | undefined;
  #flushedAt = Number.NEGATIVE_INFINITY;
  #retry: NodeJS.Timeout | undefined;
  #checks: NodeJS.Timeout | undefined;

  constructor(options: DatabaseWriterOptions) {
    this.#options = options;
    this.#lock = new FolderLock(options.folder);
    this.#thread = new DatabaseThread(options.folder);
  }

  /** `memory` while the disk takes nothing. */
  get state(): 'disk' | 'memory' {
    return this.#state;
  }

  /** Has the thread of the database load its code, before `start`. */
  prepare(): void {
    this.#thread.prepare();
  }

  /**
   * Opens the database and lets memory absorb it. A disk that fails is a problem, no error.
   *
   * @throws InkError INK_STORAGE_TAKEN
   */
  async start(): Promise<void> {
    this.#lock.take();
    this.#stopped = false;
    await this.#exclusively(() => this.#reopen());
    this.#checks = setInterval(() => this.#check(), this.#options.timing.checkMs).unref();
  }

  /** Writes what is still unwritten, and closes the database. */
  async stop(): Promise<void> {
    const { unwritten, problems } = this.#options;
    this.#stopped = true;
    clearInterval(this.#checks);
    clearTimeout(this.#retry);
    this.#timer.clear();
    await this.#busy;
    const isMissing = this.#state === 'memory' && unwritten.isPressing;
    unwritten.changeState();
    if (this.#state === 'disk') await this.#exclusively(() => this.#save());
    // The last write may have found that the database is gone.
    if (isMissing || this.#fault !== undefined) await this.#exclusively(() => this.#reopen());
    const lost = unwritten.eventCount;
    if (lost > 0) problems.begin(droppedAtStop(lost));
    this.#state = 'memory';
    await this.#thread.stop();
    this.#lock.release();
  }

  /** Resolves when everything that is unwritten now is on the disk, or at once while the disk fails. */
  written(): Promise<void> {
    if (this.#state === 'memory') return Promise.resolve();
    return new Promise((resolve) => {
      this.#options.unwritten.wait(resolve);
      this.schedule();
    });
  }

  /** Sets the timer for the next transaction if there is something to write. */
  schedule(): void {
    const { unwritten, timing } = this.#options;
    if (this.#state !== 'disk' || this.#stopped || this.#busy !== undefined || unwritten.isEmpty) return;
    const due = unwritten.isPressing
      ? this.#flushedAt + timing.flushSpacingMs
      : performance.now() + timing.acknowledgeDelayMs;
    this.#timer.arm(due, () => void this.#exclusively(() => this.#save()));
  }

  /** @throws InkError INK_STORAGE_UNAVAILABLE while the disk fails */
  history(query: HistoryQuery): Promise<HistoryPage> {
    return this.#reading(() => this.#thread.history(query));
  }

  /** Which of these events are in the history. @throws InkError INK_STORAGE_UNAVAILABLE while the disk fails */
  known(ids: readonly string[]): Promise<ReadonlySet<string>> {
    return this.#reading(() => this.#thread.known(ids));
  }

  async #reading<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DamageError || error instanceof LostError)) throw error;
      this.#degrade(error);
      throw new InkError('INK_STORAGE_UNAVAILABLE', `The history cannot be read: ${error.message}.`);
    }
  }

  /** Deletes what the history no longer keeps. A failure is handled like one of a write. */
  pruneHistory(): void {
    if (this.#state === 'disk') this.#pruneHistory().catch((error: unknown) => this.#degrade(error));
  }

  /** Does what touches the database, after what was begun before. On failure everything goes on in memory. */
  #exclusively(work: () => Promise<void>): Promise<void> {
    const mine: Promise<void> = (this.#busy ?? Promise.resolve())
      .then(work)
      .catch((error: unknown) => this.#degrade(error))
      .finally(() => {
        if (this.#busy === mine) this.#busy = undefined;
        this.schedule();
      });
    this.#busy = mine;
    return mine;
  }

  async #save(): Promise<void> {
    // While in memory, reopening the database writes everything.
    if (this.#state === 'disk') await this.#commit();
  }

  /** Writes everything that is unwritten, in one transaction. */
  async #commit(): Promise<void> {
    const { unwritten, memory } = this.#options;
    this.#timer.clear();
    const load = unwritten.take(memory.ranBeforeMs());
    if (load.events.length > 0) this.#flushedAt = performance.now();
    try {
      const state = load.state ? memory.state() : undefined;
      await this.#thread.commit({ put: load.put, forget: load.forget, drops: memory.drops(), state });
    } catch (error) {
      unwritten.putBack(load, (pending) => memory.holds(pending));
      throw error;
    }
    settle(load);
  }

  #pruneHistory(): Promise<void> {
    const { history, memory } = this.#options;
    return this.#thread.pruneHistory(history, memory.state().ranMs);
  }

  #enter(state: 'disk' | 'memory'): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.changed();
  }

  /** Goes on in memory after a failure, and plans the next attempt. */
  #degrade(error: unknown): void {
    this.#enter('memory');
    if (error instanceof DamageError || error instanceof LostError) this.#fault = error;
    else this.#options.problems.begin(asInkError(error));
    this.#options.unwritten.release();
    clearTimeout(this.#retry);
    if (this.#stopped) return;
    this.#retry = setTimeout(
      () => void this.#exclusively(() => this.#reopen()),
      error === this.#fault ? 0 : this.#options.timing.retryMs,
    ).unref();
  }

  /** Opens the database, lets memory absorb it, and writes what only memory holds. */
  async #reopen(): Promise<void> {
    const rescued = this.#fault instanceof LostError && (await this.#thread.rescue());
    await this.#thread.close();
    // A disk that refused everything gave no lock, and the file of a lock may have been deleted.
    this.#lock.take();
    const opened = await this.#thread.start(this.#fault instanceof DamageError ? this.#fault : undefined);
    this.#reportReplacement(opened, rescued);
    this.#options.memory.absorb(opened, opened.identity === this.#identity);
    this.#fault = undefined;
    this.#identity = opened.identity;
    await this.#commit();
    await this.#pruneHistory();
    this.#options.problems.end('INK_STORAGE_UNAVAILABLE', 'INK_STORAGE_NEWER', 'INK_STORAGE_TAKEN');
    this.#enter('disk');
  }

  /** Reports that the opened database is another than the one that was written last. */
  #reportReplacement({ setAside, identity }: Opened, rescued: boolean): void {
    const { problems, folder } = this.#options;
    const isOther = this.#identity !== undefined && this.#identity !== identity;
    if (setAside !== undefined) problems.happen(becameDamaged(setAside));
    else if (isOther || this.#fault instanceof LostError) problems.happen(becameLost(folder, rescued));
  }

  /** Looks whether the lock and the database are still the files in the folder, which SQLite itself does not notice. */
  #check(): void {
    if (this.#state !== 'disk' || this.#busy !== undefined) return;
    void this.#exclusively(async () => {
      this.#lock.take();
      await this.#thread.check();
    });
  }
}

function becameDamaged({ file, reason }: NonNullable<Opened['setAside']>): InkError {
  const happened = `The database was damaged (${reason}); it is kept as ${file}, and a new one was begun.`;
  return new InkError('INK_STORAGE_DAMAGED', happened);
}

/** @param rescued whether everything could be written again, and not only what was in memory */
function becameLost(folder: string, rescued: boolean): InkError {
  const outcome = rescued
    ? 'it was written again, whole'
    : 'the events that wait for the broker were written again, and earlier readings are gone from the history';
  return new InkError('INK_STORAGE_LOST', `The database in ${folder} was deleted while the daemon ran: ${outcome}.`);
}

function droppedAtStop(count: number): InkError {
  const happened = `${count} events were only in memory when the daemon stopped, and are lost.`;
  return new InkError('INK_EVENTS_DROPPED', happened);
}
