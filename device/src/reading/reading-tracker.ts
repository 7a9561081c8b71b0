import type { Box } from '../vision/index.js';
import { DigitTrack } from './digit-track.js';
import { orderRows } from './order-rows.js';
import type { ReadDigit, Reading } from './reading.js';

export interface TrackerOptions {
  /** Time that a new reading must stay the same before it is published. */
  readonly agreementMs: number;
  /** Time that a digit is held that is not seen: a hand passes, a frame is blurred. */
  readonly holdMs: number;
  /** Time after which a reading that agrees is published although the picture never comes to rest. */
  readonly restlessMs: number;
}

export const DEFAULT_TRACKING: TrackerOptions = { agreementMs: 300, holdMs: 450, restlessMs: 1500 };

/** What has been in view steadily. */
export interface StableReading {
  readonly text: string;
  readonly rows: readonly string[];
  readonly digits: readonly ReadDigit[];
  /** The least certain digit's confidence; null where no digit is in view. */
  readonly confidence: number | null;
  /** When this text was first seen. */
  readonly since: Date;
}

/** Farthest that a digit moves between two frames, against its height. */
const FARTHEST_MOVE = 0.6;
/** Most by which a digit's height changes between two frames, as a factor. */
const HEIGHT_FACTOR = 1.6;

/**
 * Turns readings of single frames into what is steadily in view. Each digit is followed and voted on by itself; the
 * text that they make is published once it has stayed the same for a while in a picture at rest. A wrong reading is
 * never more than a candidate: whatever comes after it and stays takes its place.
 */
export class ReadingTracker {
  readonly #options: TrackerOptions;
  #tracks: DigitTrack[] = [];
  #published = '';
  #pending: { text: string; since: number; atRestSince: number | undefined } | undefined;

  constructor(options: TrackerOptions = DEFAULT_TRACKING) {
    this.#options = options;
  }

  /**
   * Takes the reading of the next frame.
   *
   * @param moving whether much of the picture differs from the frame before
   * @returns the new stable reading, where this frame changed it
   */
  update(reading: Reading, capturedAt: Date, moving = false): StableReading | undefined {
    const at = capturedAt.getTime();
    this.#follow(reading.digits, at);
    const current = this.#current();
    if (current === undefined) {
      this.#pending = undefined;
      return undefined;
    }
    if (this.#pending?.text !== current.text) {
      this.#pending = { text: current.text, since: at, atRestSince: undefined };
    }
    const pending = this.#pending;
    pending.atRestSince = moving ? undefined : (pending.atRestSince ?? at);
    if (current.text === this.#published || !this.#agreed(pending, at)) return undefined;
    this.#published = current.text;
    return { ...current, since: new Date(pending.since) };
  }

  #agreed({ since, atRestSince }: { since: number; atRestSince: number | undefined }, at: number): boolean {
    const { agreementMs, restlessMs } = this.#options;
    if (at - since >= restlessMs) return true;
    return at - since >= agreementMs && atRestSince !== undefined && at - atRestSince >= agreementMs / 2;
  }

  /** Gives each digit to the track that it continues, begins tracks for the others, drops those not seen for long. */
  #follow(digits: readonly ReadDigit[], at: number): void {
    const free = new Set(this.#tracks);
    const begun: DigitTrack[] = [];
    for (const digit of digits) {
      const track = closest(free, digit.box);
      if (track === undefined) {
        begun.push(new DigitTrack(digit, at));
        continue;
      }
      free.delete(track);
      track.see(digit, at);
    }
    this.#tracks = this.#tracks
      .filter((track) => (track.established ? at - track.lastSeen <= this.#options.holdMs : !free.has(track)))
      .concat(begun);
  }

  /** The text that the tracks make now; undefined while a digit among them is undecided. */
  #current(): Omit<StableReading, 'since'> | undefined {
    const decisions = [];
    for (const track of this.#tracks) {
      if (!track.established) continue;
      const { decision } = track;
      if (decision === undefined) return undefined;
      decisions.push(decision);
    }
    const ordered = orderRows(decisions);
    const rows = ordered.map((row) => row.map(({ digit }) => digit).join(''));
    const digits = ordered.flatMap((row, index) => row.map((decision) => ({ ...decision, row: index })));
    const confidence = digits.length === 0 ? null : Math.min(...digits.map((digit) => digit.confidence));
    return { text: rows.join('\n'), rows, digits, confidence };
  }
}

function closest(tracks: Iterable<DigitTrack>, box: Box): DigitTrack | undefined {
  let best: DigitTrack | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const track of tracks) {
    const factor = Math.max(box.height, track.box.height) / Math.min(box.height, track.box.height);
    const distance = Math.hypot(
      box.x + box.width / 2 - track.box.x - track.box.width / 2,
      box.y + box.height / 2 - track.box.y - track.box.height / 2,
    );
    if (factor > HEIGHT_FACTOR || distance > FARTHEST_MOVE * Math.max(box.height, track.box.height)) continue;
    if (distance < least) {
      least = distance;
      best = track;
    }
  }
  return best;
}
