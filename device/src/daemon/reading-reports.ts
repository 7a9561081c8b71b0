import type { SteadyReading } from '@inkcast/reader/reading';
import { InkError } from '@inkcast/shared/errors';
import type { ReadingEvent, ReadingMessage } from '@inkcast/shared/messages';
import type { Logger } from 'pino';
import type { Frame } from '../camera/index.js';
import type { ProblemList } from '../health/index.js';
import type { RegionOutcome, RegionSet } from '../regions/index.js';
import type { EventStore } from '../storage/index.js';
import type { Publisher } from './publisher.js';
import { type JournalEntry, ReadingJournal } from './reading-journal.js';

export interface ReadingReportsOptions {
  readonly regions: RegionSet;
  readonly queue: Pick<EventStore, 'keepAccepted' | 'newestId'>;
  readonly publisher: Pick<Publisher, 'publishReading'>;
  readonly problems: Pick<ProblemList, 'set'>;
  readonly log: Logger;
  /** Tells the `name@version` in use. */
  readonly model: () => string;
  /** Told of each reading that was given to the publisher. */
  readonly onReading: (reading: ReadingMessage, event: ReadingEvent | undefined, frame: Frame) => void;
}

/** Publishes what is read in each region, and keeps what was accepted there. */
export class ReadingReports {
  readonly #options: ReadingReportsOptions;
  readonly #journals = new Map<string | undefined, ReadingJournal>();

  constructor(options: ReadingReportsOptions) {
    this.#options = options;
  }

  /** Says of each new region that nothing has been read there: what an earlier run has said is no longer true. */
  begin(frame: Frame): void {
    const { regions, queue, model } = this.#options;
    for (const region of regions.names) {
      if (this.#journals.has(region)) continue;
      const journal = new ReadingJournal({ model, region, newestId: () => queue.newestId });
      this.#journals.set(region, journal);
      void this.#publish(journal.begin(frame), frame);
    }
  }

  /** @param frame the one that the outcomes are of */
  async take(outcomes: readonly RegionOutcome[], frame: Frame): Promise<void> {
    for (const { region, change } of outcomes) {
      const journal = this.#journals.get(region);
      if (change !== undefined && journal !== undefined) await this.#take(region, journal, change, frame);
    }
  }

  /** Forgets regions that are no more. */
  regionsChanged(): void {
    const { regions, problems } = this.#options;
    for (const region of this.#journals.keys()) {
      if (regions.names.includes(region)) continue;
      this.#journals.delete(region);
      problems.set(problemOf(region), undefined);
    }
  }

  /** For the next run. It is written with the next event, or as the store stops. */
  keepAccepted(): void {
    const { regions, queue } = this.#options;
    for (const name of regions.names) {
      const accepted = regions.region(name)?.accepted;
      if (accepted !== undefined) void queue.keepAccepted(accepted, name);
    }
  }

  async #take(region: string | undefined, journal: ReadingJournal, change: SteadyReading, frame: Frame): Promise<void> {
    const { log, problems } = this.#options;
    const { text, refusal } = change;
    const named = region === undefined ? {} : { region };
    if (refusal !== undefined) {
      const where = region === undefined ? '' : ` in the region ${region}`;
      const message = `${text} was refused${where}. ${refusal.reason}`;
      problems.set(problemOf(region), new InkError('INK_READING_REFUSED', message));
      log.warn({ ...named, text, ...refusal }, 'reading refused');
      await this.#publish(journal.reject(change, refusal, frame), frame);
      return;
    }
    problems.set(problemOf(region), undefined);
    const entry = journal.record(change, frame);
    this.keepAccepted();
    log.info({ ...named, text, confidence: entry.reading.confidence, id: entry.reading.id }, 'reading');
    await this.#publish(entry, frame);
  }

  async #publish(entry: JournalEntry, frame: Frame): Promise<void> {
    await this.#options.publisher.publishReading(entry);
    this.#options.onReading(entry.reading, entry.event, frame);
  }
}

/** What a refused reading of a region is called among the problems. */
function problemOf(region: string | undefined): string {
  return region === undefined ? 'rules' : `rules of ${region}`;
}
