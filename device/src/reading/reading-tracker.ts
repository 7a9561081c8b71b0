import { READER_NUMBERS } from '../numbers/index.js';
import type { BlockMeans, ChangeMask } from './block-means.js';
import { type Decision, DigitTrack, type Sighting } from './digit-track.js';
import { matchTracks } from './match-tracks.js';
import { orderRows } from './order-rows.js';
import type { ReadDigit, Reading } from './reading.js';

export interface TrackerOptions {
  /** Time that a new reading must stay the same, its digits at rest, before it is published. */
  readonly agreementMs: number;
  /** The same for a reading that only lacks what was there before: something may just hide it. */
  readonly lossMs: number;
  /** The same while much of the picture moves. */
  readonly motionMs: number;
  /** Time that a digit is held that is not seen and whose place looks otherwise, but no longer changes. */
  readonly holdMs: number;
  /** Time that it is held while its place goes on changing: a hand passes, the focus is sought. */
  readonly hiddenMs: number;
}

export const DEFAULT_TRACKING: TrackerOptions = {
  agreementMs: 300,
  lossMs: 600,
  motionMs: 700,
  holdMs: 450,
  hiddenMs: 1500,
};

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

/** What the tracks say at one time. */
interface Statement extends Omit<StableReading, 'since'> {
  readonly digitOf: ReadonlyMap<DigitTrack, number>;
}

const NOTHING: Statement = { text: '', rows: [], digits: [], confidence: null, digitOf: new Map() };

/** One frame, as far as the tracks are concerned. */
interface FrameContext {
  readonly at: number;
  readonly blocks: BlockMeans | undefined;
  /** Since the frame before. */
  readonly change: ChangeMask | undefined;
  /** Since the frames in which tracks were last seen, each worked out once. */
  readonly looks: Map<BlockMeans, ChangeMask>;
}

/**
 * Turns readings of single frames into what is steadily in view. Each digit is followed and voted on by itself; the
 * text that they make is published once it has stayed the same for a while, its digits at rest. A wrong reading is
 * never more than a candidate: whatever comes after it and stays takes its place.
 */
export class ReadingTracker {
  #options: TrackerOptions;
  #tracks: DigitTrack[] = [];
  #blocks: BlockMeans | undefined;
  #published: Statement = NOTHING;
  #pending: { readonly text: string; readonly since: number } | undefined;
  #atRestSince: number | undefined;
  #undecidedSince: number | undefined;
  /** Whether the last frame left no digit open. */
  #isDecided = false;
  /** Whether the last frame showed just the digits that the tracks stand for. */
  #confirmed = false;

  constructor(options: TrackerOptions = DEFAULT_TRACKING) {
    this.#options = options;
  }

  /** Other times from the next frame on. */
  adjust(options: TrackerOptions): void {
    this.#options = options;
  }

  /** The next frames are of another view: each digit is looked for anew, while what was published stands until then. */
  forgetPlaces(): void {
    this.#tracks = [];
    this.#blocks = undefined;
    this.#pending = undefined;
    this.#atRestSince = undefined;
    this.#confirmed = false;
  }

  /** Whether nothing is under way: what is published is just what was seen last. */
  get settled(): boolean {
    return this.#isDecided && this.#confirmed && this.#pending?.text === this.#published.text;
  }

  /**
   * Takes the reading of the next frame.
   *
   * @param blocks the frame's block means; without them a picture is taken to be at rest, and its places not to be hidden
   * @param at milliseconds of a clock that only grows; without it `capturedAt` must never jump
   * @returns the new stable reading, where this frame changed it
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
    // A vote that is divided for a moment is no other reading: what was agreed upon before it still counts.
    if (statement === undefined) return undefined;
    if (this.#pending?.text !== statement.text) this.#pending = { text: statement.text, since: at };
    if (statement.text === this.#published.text) {
      this.#published = statement;
      return undefined;
    }
    if (!this.#agreed(statement, this.#pending.since, at)) return undefined;
    this.#published = statement;
    const { digitOf: _, ...stable } = statement;
    // By the date as it is told now, whatever it was told to be then.
    return { ...stable, since: new Date(capturedAt.getTime() - (at - this.#pending.since)) };
  }

  /** Takes a frame that was not read, since nothing in it has changed. @param at as `update` takes it */
  keep(at: number, blocks: BlockMeans): void {
    for (const track of this.#tracks) track.keep(at);
    this.#blocks = blocks;
    this.#atRestSince ??= at;
  }

  #agreed({ digitOf }: Statement, since: number, at: number): boolean {
    const { agreementMs, lossMs, motionMs } = this.#options;
    const tracks = [...digitOf.keys()];
    // What is not in view now may be held, but for a moment, and is not published anew.
    if (tracks.some(({ lastSeen }) => lastSeen < at && at - lastSeen >= agreementMs)) return false;
    const still = Math.max(since, ...tracks.map(({ restingSince }) => restingSince));
    if (at - still >= Math.max(motionMs, lossMs)) return true;
    // Something else comes into view: a moment will tell whether it belongs to the number.
    if (this.#tracks.some(({ emerging, lastSeen }) => emerging && at - lastSeen < agreementMs)) return false;
    const before = this.#published.digitOf;
    const isLoss = tracks.length < before.size && tracks.every((track) => before.has(track));
    const least = isLoss ? lossMs : agreementMs;
    return this.#atRestSince !== undefined && at - Math.max(still, this.#atRestSince) >= least;
  }

  /** Gives each sighting to the track that it continues, begins tracks for the others, drops those that are gone. */
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

  /** Whether digits are seen that were not published: what hides digits shows no others, a new page does. */
  #isOtherPage(at: number): boolean {
    return this.#tracks.some((track) => track.established && track.lastSeen === at && !this.#isAsPublished(track));
  }

  /** Whether a digit that was not seen in this frame is held to be there still. */
  #held(track: DigitTrack, context: FrameContext, isOtherPage: boolean): boolean {
    if (!track.established) return !track.faded;
    // The ink is there as before: it is the classifier that wavers.
    if (looksAsBefore(track, context)) return !track.faded;
    const { agreementMs, holdMs, hiddenMs } = this.#options;
    const unseen = context.at - track.lastSeen;
    // What was never published has nothing to be held for.
    if (!this.#published.digitOf.has(track)) return unseen < agreementMs;
    const isChanging = context.change !== undefined && context.change.share(track.box) > READER_NUMBERS.sameLook.value;
    return unseen <= (isChanging && !isOtherPage ? hiddenMs : holdMs);
  }

  /** The text that the tracks make now; undefined while it is open. */
  #statement(at: number): Statement | undefined {
    const tracks = this.#tracks.filter((track) => track.established);
    const decisions: Decision[] = [];
    for (const { decision } of tracks) {
      if (decision === undefined) return this.#undecided(tracks, at);
      decisions.push(decision);
    }
    this.#undecidedSince = undefined;
    const ordered = orderRows(decisions);
    const rows = ordered.map((row) => row.map(({ digit }) => digit).join(''));
    const digits = ordered.flatMap((row, index) => row.map((decision) => ({ ...decision, row: index })));
    const confidence = digits.length === 0 ? null : Math.min(...digits.map((digit) => digit.confidence));
    const digitOf = new Map(tracks.map((track, index) => [track, decisions[index].digit]));
    return { text: rows.join('\n'), rows, digits, confidence, digitOf };
  }

  /**
   * While digits are undecided there is nothing to say, except that what was published stands, since what is doubted is
   * likeliest what it was; that it has gone with all its digits; or that one of its places has been undecided for so long
   * that nothing passing can be the reason.
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

  /** Whether the same places as were published show the same digits, be they doubted now. */
  #stands(tracks: readonly DigitTrack[]): boolean {
    return tracks.length === this.#published.digitOf.size && tracks.every((track) => this.#isAsPublished(track));
  }

  #isAsPublished(track: DigitTrack): boolean {
    const digit = this.#published.digitOf.get(track);
    return digit !== undefined && track.leansTo(digit);
  }
}

/** What was read, and what may well be a digit of the same number though it was not. */
function sightingsIn({ digits, rejected }: Reading): Sighting[] {
  const read = digits.map(({ digit, confidence, box }) => ({ digit, confidence, box, isRead: true }));
  const doubts = rejected.flatMap(({ mayBe, confidence, box }) =>
    mayBe === undefined ? [] : [{ digit: mayBe, confidence, box, isRead: false }],
  );
  return [...read, ...doubts];
}

/** Whether the place of a track that was not seen looks as it did when it was. */
function looksAsBefore({ blocks, box }: DigitTrack, context: FrameContext): boolean {
  if (blocks === undefined || context.blocks === undefined) return false;
  const look = context.looks.get(blocks) ?? context.blocks.since(blocks);
  context.looks.set(blocks, look);
  return look.share(box) <= READER_NUMBERS.sameLook.value;
}
