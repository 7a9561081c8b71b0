import type { AcceptedValue } from '@inkcast/reader/reading';
import { InkError } from '@inkcast/shared/errors';
import { eventSchema, type ReadingEvent } from '@inkcast/shared/messages';
import type { EventQueue, QueuedEvent } from '../mqtt/index.js';
import type { Opened } from './database-thread.js';
import { DatabaseWriter } from './database-writer.js';
import { type DropReason, type Drops, describeDrops, NO_DROPS, sumOfDrops } from './drops.js';
import type { HistoryPage, HistoryQuery } from './history.js';
import { type PendingEvent, PendingEvents } from './pending-events.js';
import { Problems } from './problems.js';
import type { StoredEvent } from './protocol.js';
import { RunningTime } from './running-time.js';
import { DEFAULT_TIMING, type EventStoreOptions, type StorageStatus } from './store-options.js';
import { UnwrittenChanges } from './unwritten-changes.js';

const MAINTENANCE_MS = 3_600_000;

/**
 * The durable event queue and the history of readings. Memory holds every pending event, and sending reads from there;
 * the database is what memory is rebuilt from after a restart. So a disk that fails or a damaged database loses no
 * event of a running daemon: the store goes on in memory, reports it, and writes everything once the disk works again.
 */
export class EventStore implements EventQueue {
  readonly #options: EventStoreOptions;
  readonly #pending: PendingEvents;
  readonly #unwritten = new UnwrittenChanges();
  readonly #problems: Problems;
  readonly #writer: DatabaseWriter;
  readonly #time: RunningTime;
  #newestId: string | undefined;
  /** By region; `''` for a device without named regions. */
  readonly #accepted = new Map<string, AcceptedValue | null>();
  #drops: Drops = NO_DROPS;
  #maintenance: NodeJS.Timeout | undefined;

  constructor(options: EventStoreOptions) {
    this.#options = options;
    this.#pending = new PendingEvents(options.queue);
    this.#problems = new Problems(options.report);
    this.#time = new RunningTime(options.now);
    this.#writer = new DatabaseWriter({
      folder: options.folder,
      timing: { ...DEFAULT_TIMING, ...options.timing },
      history: options.history,
      memory: {
        drops: () => this.#drops,
        state: () => ({ ranMs: this.#time.total, accepted: this.#accepted }),
        ranBeforeMs: () => this.#time.before,
        holds: ({ sequence }) => this.#pending.get(sequence) !== undefined,
        absorb: (opened, isKnown) => this.#absorb(opened, isKnown),
      },
      unwritten: this.#unwritten,
      problems: this.#problems,
      changed: () => this.#options.changed?.(),
    });
  }

  /** Loads code that `start` needs, in a thread beside the caller's. `stop` ends it, too. */
  prepare(): void {
    this.#writer.prepare();
  }

  /**
   * Reads the data of earlier runs. A failing disk is shown in `status` and is no error.
   *
   * @throws InkError INK_STORAGE_TAKEN
   */
  async start(): Promise<void> {
    await this.#writer.start();
    this.#maintenance = setInterval(() => this.#maintain(), MAINTENANCE_MS).unref();
  }

  /** Writes what is still unwritten, and closes the database. */
  async stop(): Promise<void> {
    clearInterval(this.#maintenance);
    await this.#writer.stop();
  }

  get status(): StorageStatus {
    const problems = this.#problems.current;
    return { state: this.#writer.state, depth: this.depth, drops: this.#drops, problems };
  }

  get depth(): number {
    return this.#pending.count;
  }

  /** The id of the newest event of this run or of earlier ones, as far as known. */
  get newestId(): string | undefined {
    return this.#newestId;
  }

  put(event: ReadingEvent): Promise<void> {
    const pending = this.#pending.add(JSON.stringify(event), this.#time.elapsed);
    this.#newestId = event.id;
    this.#unwritten.add(pending);
    this.#prune();
    if (this.#writer.state === 'memory') pending.ready = true;
    return this.#writer.written();
  }

  /** The last accepted reading of a region, or of a device without named regions, as far as known. */
  accepted(region = ''): AcceptedValue | undefined {
    return this.#accepted.get(region) ?? undefined;
  }

  /** Keeps the last accepted reading over restarts; null forgets it. Resolves when it is on the disk, as `put` does. */
  keepAccepted(accepted: AcceptedValue | null, region = ''): Promise<void> {
    this.#accepted.set(region, accepted);
    this.#unwritten.changeState();
    return this.#writer.written();
  }

  oldest(limit: number, after = 0): readonly QueuedEvent[] {
    const found: QueuedEvent[] = [];
    for (const { sequence, json, ready } of this.#pending) {
      // An event that is not on the disk yet holds back those after it, since the order must stay.
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
    this.#writer.schedule();
  }

  setAside(sequence: number): void {
    if (this.#pending.get(sequence) === undefined) return;
    // The sender reports the refusal; the store only counts it.
    this.#drops = { ...this.#drops, refused: this.#drops.refused + 1 };
    this.acknowledge(sequence);
  }

  /** @throws InkError INK_STORAGE_UNAVAILABLE while the disk fails */
  history(query: HistoryQuery): Promise<HistoryPage> {
    return this.#writer.history(query);
  }

  /** Which of these events are in the history. @throws InkError INK_STORAGE_UNAVAILABLE while the disk fails */
  known(ids: readonly string[]): Promise<ReadonlySet<string>> {
    return this.#writer.known(ids);
  }

  /**
   * Takes over the content of a database. If it is known already, memory is right and only the differences are written.
   */
  #absorb(opened: Opened, isKnown: boolean): void {
    this.#unwritten.raiseNextPosition(opened.nextPosition);
    if (isKnown) this.#unwritten.compare([...this.#pending], opened.events);
    else this.#loadAll(opened);
    this.#prune();
  }

  #loadAll({ events, drops, newestId, state }: Opened): void {
    this.#unwritten.beginAnew([...this.#pending]);
    if (newestId !== undefined && newestId > (this.#newestId ?? '')) this.#newestId = newestId;
    this.#drops = sumOfDrops(this.#drops, drops);
    this.#time.goOnFrom(state.ranMs);
    for (const [region, accepted] of state.accepted) {
      if (accepted !== null && !this.#accepted.has(region)) this.#restore(accepted, region);
    }
    for (const stored of events) this.#load(stored);
  }

  #restore(accepted: AcceptedValue, region: string): void {
    this.#accepted.set(region, accepted);
    this.#options.restored?.(accepted, region === '' ? undefined : region);
  }

  #load({ position, json, putAt }: StoredEvent): void {
    if (isEvent(json)) {
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
    this.#writer.schedule();
    this.#writer.pruneHistory();
  }
}

/** False for a text with a flipped bit, which SQLite does not notice. */
function isEvent(json: string): boolean {
  try {
    return eventSchema.safeParse(JSON.parse(json)).success;
  } catch {
    return false;
  }
}
