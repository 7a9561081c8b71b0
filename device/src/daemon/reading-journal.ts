import type { ReadDigit, Refusal, SteadyReading } from '@inkcast/reader/reading';
import type { EventType, ReadingEvent, ReadingMessage } from '@inkcast/shared/messages';
import { decodeTime, incrementBase32, TIME_LEN, TIME_MAX, ulid } from 'ulid';
import type { Frame } from '../camera/index.js';

/** A reading as it is published: always as the state, and as an event where it changed what was in view. */
export interface JournalEntry {
  readonly reading: ReadingMessage;
  readonly event: ReadingEvent | undefined;
}

const NOTHING: Omit<SteadyReading, 'since'> = { text: '', rows: [], digits: [], confidence: null };

export interface ReadingJournalOptions {
  /** Tells the `name@version` in use. */
  readonly model: () => string;
  /** Tells the newest id of all regions and earlier runs, as far as that is known: ids lie above it. */
  readonly newestId?: () => string | undefined;
  /** The named region whose readings these are. */
  readonly region?: string | undefined;
}

/** Turns stable readings into messages: gives each its id and number, and says what it changed. */
export class ReadingJournal {
  readonly #options: ReadingJournalOptions;
  #sequence = 0;
  #text = '';
  #last: ReadingMessage | undefined;

  constructor(options: ReadingJournalOptions) {
    this.#options = options;
  }

  /** What is said before anything has been read: an earlier run's reading is no longer true. */
  begin(frame: Frame): JournalEntry {
    return this.record({ ...NOTHING, since: frame.capturedAt }, frame);
  }

  /** @param frame the one that settled the reading */
  record(stable: SteadyReading, { width, height, capturedAt }: Frame): JournalEntry {
    const { model, region } = this.#options;
    const reading: ReadingMessage = {
      id: this.#nextId(capturedAt),
      ...(region === undefined ? {} : { region }),
      text: stable.text,
      rows: [...stable.rows],
      ...(stable.value === undefined ? {} : { value: stable.value }),
      digits: digitsInMessage(stable.digits),
      confidence: stable.confidence,
      frame: { width, height },
      since: stable.since.toISOString(),
      capturedAt: capturedAt.toISOString(),
      model: model(),
      seq: this.#sequence++,
    };
    const type = changeBetween(this.#text, stable.text);
    this.#text = stable.text;
    this.#last = reading;
    return { reading, event: type === undefined ? undefined : { event_type: type, ...reading } };
  }

  #nextId(date: Date): string {
    const known = [this.#last?.id, this.#options.newestId?.()].filter((id) => id !== undefined);
    return orderedId(known.toSorted().at(-1), date);
  }

  /**
   * A reading that broke a rule stands beside the last one that did not, which keeps its id and number: nothing has
   * happened to that.
   *
   * @param frame the one that settled what is refused
   */
  reject(refused: SteadyReading, { rule, reason }: Refusal, frame: Frame): JournalEntry {
    const { text, value, since } = refused;
    const rejected = {
      text,
      ...(value === undefined ? {} : { value }),
      rule,
      reason,
      since: since.toISOString(),
      capturedAt: frame.capturedAt.toISOString(),
    };
    return { reading: { ...(this.#last ?? this.begin(frame).reading), rejected }, event: undefined };
  }
}

/** Digits as messages have them. */
export function digitsInMessage(digits: readonly ReadDigit[]): ReadingMessage['digits'] {
  return digits.map(({ digit, confidence, row, box }) => ({
    digit,
    confidence,
    row,
    box: [box.x, box.y, box.width, box.height],
  }));
}

function changeBetween(before: string, after: string): EventType | undefined {
  if (before === after) return undefined;
  if (before === '') return 'digits_appeared';
  return after === '' ? 'digits_cleared' : 'digits_changed';
}

/**
 * An id above the one before, even if the clock was set back in between: the time in it is that of the frame or, where
 * that is earlier, of the id before.
 */
function orderedId(last: string | undefined, date: Date): string {
  const time = Math.min(Math.max(0, date.getTime()), TIME_MAX);
  if (last === undefined || time > decodeTime(last)) return ulid(time);
  return last.slice(0, TIME_LEN) + incrementBase32(last.slice(TIME_LEN));
}
