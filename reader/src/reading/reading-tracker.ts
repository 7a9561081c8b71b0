import { READER_NUMBERS } from '../numbers/index.js';
import type { BlockMeans, ChangeMask } from './block-means.js';
import { type DigitOrClass, rowText } from './digit-or-class.js';
import { type Decision, DigitTrack, type Sighting } from './digit-track.js';
import { matchTracks } from './match-tracks.js';
import { orderRows } from './order-rows.js';
import type { ReadDigit, Reading } from './reading.js';

export interface TrackerOptions {
  /** How long a new reading must stay the same, with its digits at rest, before it is published. */
  readonly agreementMs: number;
  /** The same for a reading that only lacks earlier digits, which may just be hidden. */
  readonly lossMs: number;
  /** The same while much of the picture moves. */
  readonly motionMs: number;
  /** How long an unseen digit is held if its place looks different but has stopped changing. */
  readonly holdMs: number;
  /**
   * How long an unseen digit is held while its place keeps changing, for example because a hand passes or the camera
   * focuses.
   */
  readonly hiddenMs: number;
}

export const DEFAULT_TRACKING: TrackerOptions = {
  agreementMs: 300,
  lossMs: 600,
  motionMs: 700,
  holdMs: 450,
  hiddenMs: 1500,
};

/** A reading that has stayed the same. */
export interface StableReading {
  readonly text: string;
  readonly rows: readonly string[];
  readonly digits: readonly ReadDigit[];
  /** Confidence of the least certain digit; null if there is no digit. */
  readonly confidence: number | null;
  /** When this text was first seen. */
  readonly since: Date;
}

/** The reading that the tracks make at one time. */
interface Statement extends Omit<StableReading, 'since'> {
  readonly digitOf: ReadonlyMap<DigitTrack, DigitOrClass>;
}

const NOTHING: Statement = { text: '', rows: [], digits: [], confidence: null, digitOf: new Map() };

/** The data of one frame that the tracks need. */
interface FrameContext {
  readonly at: number;
  readonly blocks: BlockMeans | undefined;
  /** The difference from the frame before. */
  readonly change: ChangeMask | undefined;
  /** The difference from the frames in which tracks were last seen, computed once for each. */
  readonly looks: Map<BlockMeans, ChangeMask>;
}

/**
 * Turns readings of single frames into a stable reading. Each digit is followed and voted on by itself. Their text is
 * published once it has stayed the same for a while with its digits at rest. So a wrong reading of a frame is only a
 * candidate, and the next reading that stays replaces it.
 */
export class ReadingTracker {
  #options: TrackerOptions;
  #tracks: DigitTrack[] = [];
  #blocks: BlockMeans | undefined;
  #published: Statement = NOTHING;
  #pending: { readonly text: string; readonly since: number } | undefined;
  #atRestSince: number | undefined;
  #undecidedSince: number | undefined;
  /** Whether the last frame left no digit undecided. */
  #isDecided = false;
  /** Whether the last frame showed exactly the digits of the tracks. */
  #confirmed = false;

  constructor(options: TrackerOptions = DEFAULT_TRACKING) {
    this.#options = options;
  }

  /** Uses other times from the next frame on. */
  adjust(options: TrackerOptions): void {
    this.#options = options;
  }

  /**
   * Starts new tracks because the next frames show another view. The published reading stays until they have decided.
   */
  forgetPlaces(): void {
    this.#tracks = [];
    this.#blocks = undefined;
    this.#pending = undefined;
    this.#atRestSince = undefined;
    this.#confirmed = false;
  }

  /** Whether the published reading is exactly what was seen last, with no change under way. */
  get settled(): boolean {
    return this.#isDecided && this.#confirmed && this.#pending?.text === this.#published.text;
  }

  /**
   * Takes the reading of the next frame.
   *
   * @param blocks the frame's block means; without them, the picture counts as at rest and no place as hidden
   * @param at milliseconds of a monotonic clock; without it, `capturedAt` must never jump
   * @returns the new stable reading if this frame changed it
   */
  update(
    reading: Reading,
    capturedAt: Date,
    blocks?: BlockMeans,
    at = capturedAt.getTime(),
  ): StableReading | undefined {
    const change = this.#blocks === undefined ? undefined : blocks?.since(this.#blocks);
    this.#blocks = blocks;
    this.#atRestSince = change?.moving === true ? undefined : (this.#atRestSince ?? at);
    this.#follow(sightingsIn(reading), { at, blocks, change, looks: new Map() });
    const statement = this.#statement(at);
    this.#isDecided = statement !== undefined;
    // A short loss of the majority is not another reading. The agreement that came before still counts.
    if (statement === undefined) return undefined;
    if (this.#pending?.text !== statement.text) this.#pending = { text: statement.text, since: at };
    if (statement.text === this.#published.text) {
      this.#published = statement;
      return undefined;
    }
    if (!this.#agreed(statement, this.#pending.since, at)) return undefined;
    this.#published = statement;
    const { digitOf: _, ...stable } = statement;
    // Computed from today's date, since the date may have been set in between.
    return { ...stable, since: new Date(capturedAt.getTime() - (at - this.#pending.since)) };
  }

  /** Takes a frame that was not read because nothing in it has changed. @param at as for `update` */
  keep(at: number, blocks: BlockMeans): void {
    for (const track of this.#tracks) track.keep(at);
    this.#blocks = blocks;
    this.#atRestSince ??= at;
  }

  #agreed({ digitOf }: Statement, since: number, at: number): boolean {
    const { agreementMs, lossMs, motionMs } = this.#options;
    const tracks = [...digitOf.keys()];
    // A digit that is out of sight may be held for a moment, but it is not published anew.
    if (tracks.some(({ lastSeen }) => lastSeen < at && at - lastSeen >= agreementMs)) return false;
    const still = Math.max(since, ...tracks.map(({ restingSince }) => restingSince));
    if (at - still >= Math.max(motionMs, lossMs)) return true;
    // A new digit is emerging. It takes a moment to tell whether it belongs to the number.
    if (this.#tracks.some(({ emerging, lastSeen }) => emerging && at - lastSeen < agreementMs)) return false;
    const before = this.#published.digitOf;
    const isLoss = tracks.length < before.size && tracks.every((track) => before.has(track));
    const least = isLoss ? lossMs : agreementMs;
    return this.#atRestSince !== undefined && at - Math.max(still, this.#atRestSince) >= least;
  }

  /**
   * Adds each sighting to the track that it continues, starts tracks for the others, and drops tracks that have ended.
   */
  #follow(sightings: readonly Sighting[], context: FrameContext): void {
    const { at, blocks } = context;
    const matches = matchTracks(this.#tracks, sightings);
    this.#confirmed = sightings.length === this.#tracks.length;
    const missed = new Set(this.#tracks);
    const begun: DigitTrack[] = [];
    for (const sighting of sightings) {
      const track = matches.get(sighting);
      if (track === undefined) {
        begun.push(new DigitTrack(sighting, at, blocks));
        continue;
      }
      missed.delete(track);
      track.see(sighting, at, blocks);
      if (!track.established || !track.leansTo(sighting.digit)) this.#confirmed = false;
    }
    if (begun.length > 0) this.#confirmed = false;
    for (const track of missed) track.miss(at);
    const isOtherPage = this.#isOtherPage(at);
    const kept = this.#tracks.filter((track) => !missed.has(track) || this.#held(track, context, isOtherPage));
    this.#tracks = [...kept, ...begun];
  }

  /**
   * Whether digits are seen that were not published. A new page shows such digits; an object that hides digits does
   * not.
   */
  #isOtherPage(at: number): boolean {
    return this.#tracks.some((track) => track.established && track.lastSeen === at && !this.#isAsPublished(track));
  }

  /** Whether a digit that this frame does not show is assumed to be still there. */
  #held(track: DigitTrack, context: FrameContext, isOtherPage: boolean): boolean {
    if (!track.established) return !track.faded;
    // The ink is unchanged, so only the classifier wavers.
    if (looksAsBefore(track, context)) return !track.faded;
    const { agreementMs, holdMs, hiddenMs } = this.#options;
    const unseen = context.at - track.lastSeen;
    // A digit that was never published need not be held.
    if (!this.#published.digitOf.has(track)) return unseen < agreementMs;
    const isChanging = context.change !== undefined && context.change.share(track.box) > READER_NUMBERS.sameLook.value;
    return unseen <= (isChanging && !isOtherPage ? hiddenMs : holdMs);
  }

  /** The text that the tracks make now; undefined while it is undecided. */
  #statement(at: number): Statement | undefined {
    const tracks = this.#tracks.filter((track) => track.established);
    const decisions: Decision[] = [];
    for (const { decision } of tracks) {
      if (decision === undefined) return this.#undecided(tracks, at);
      decisions.push(decision);
    }
    this.#undecidedSince = undefined;
    const ordered = orderRows(decisions);
    const rows = ordered.map((row) => rowText(row.map(({ digit }) => digit)));
    const digits = ordered.flatMap((row, index) => row.map((decision) => ({ ...decision, row: index })));
    const confidence = digits.length === 0 ? null : Math.min(...digits.map((digit) => digit.confidence));
    const digitOf = new Map(tracks.map((track, index) => [track, decisions[index].digit]));
    return { text: rows.join('\n'), rows, digits, confidence, digitOf };
  }

  /**
   * The statement while digits are undecided:
   * - The published reading, if all its places lean to the same digits. A doubtful digit is most likely what it was.
   * - Nothing to say (undefined), for as long as something passing may be the reason.
   * - No reading, if all published digits are gone or a place stays undecided for longer than that.
   */
  #undecided(tracks: readonly DigitTrack[], at: number): Statement | undefined {
    if (this.#stands(tracks)) {
      this.#undecidedSince = undefined;
      return this.#published;
    }
    this.#undecidedSince ??= at;
    const isInPart = tracks.some((track) => this.#published.digitOf.has(track));
    return isInPart && at - this.#undecidedSince < this.#options.hiddenMs ? undefined : NOTHING;
  }

  /** Whether the published places lean to the published digits, even if they are in doubt now. */
  #stands(tracks: readonly DigitTrack[]): boolean {
    return tracks.length === this.#published.digitOf.size && tracks.every((track) => this.#isAsPublished(track));
  }

  #isAsPublished(track: DigitTrack): boolean {
    const digit = this.#published.digitOf.get(track);
    return digit !== undefined && track.leansTo(digit);
  }
}

/** The digits that were read, and the doubtful ones that may belong to the same number. */
function sightingsIn({ digits, rejected }: Reading): Sighting[] {
  const read = digits.map(({ digit, confidence, box }) => ({ digit, confidence, box, isRead: true }));
  const doubts = rejected.flatMap(({ mayBe, confidence, box }) =>
    mayBe === undefined ? [] : [{ digit: mayBe, confidence, box, isRead: false }],
  );
  return [...read, ...doubts];
}

/** Whether the place of an unseen track looks the same as when it was last seen. */
function looksAsBefore({ blocks, box }: DigitTrack, context: FrameContext): boolean {
  if (blocks === undefined || context.blocks === undefined) return false;
  const look = context.looks.get(blocks) ?? context.blocks.since(blocks);
  context.looks.set(blocks, look);
  return look.share(box) <= READER_NUMBERS.sameLook.value;
}
