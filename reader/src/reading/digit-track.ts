import { READER_NUMBERS } from '../numbers/index.js';
import type { Box } from '../vision/index.js';
import type { BlockMeans } from './block-means.js';
import type { DigitOrClass } from './digit-or-class.js';

/** What one frame shows in one place: a digit or another class, or something that may be one. */
export interface Sighting {
  readonly digit: DigitOrClass;
  /** Whether it was read as a digit. If not, `digit` is its likeliest digit. */
  readonly isRead: boolean;
  readonly confidence: number;
  readonly box: Box;
}

/** The digit of a track and its last box. */
export interface Decision {
  readonly digit: DigitOrClass;
  /** Mean confidence of the votes for this digit. */
  readonly confidence: number;
  readonly box: Box;
}

/** The votes of the frames for one digit, each weaker the older it is. */
interface Ballot {
  readonly votes: number;
  /** Votes against any digit, of frames in which this one was the likeliest. */
  readonly doubts: number;
  /** Number of votes, without their confidence. */
  readonly sightings: number;
}

const NO_BALLOT: Ballot = { votes: 0, doubts: 0, sightings: 0 };

/** One place that shows a digit, followed across frames. The frames vote on the digit. */
export class DigitTrack {
  readonly #ballots = new Map<DigitOrClass, Ballot>();
  #seen = 0;
  #box: Box;
  #blocks: BlockMeans | undefined;
  #lastSeen: number;
  #lastLook: number;
  #presence = READER_NUMBERS.presenceFirst.value;
  #established = false;
  #rest: { readonly box: Box; readonly since: number };

  /**
   * @param at time of the frame in milliseconds, like all times here
   * @param blocks the frame's block means
   */
  constructor(first: Sighting, at: number, blocks?: BlockMeans) {
    this.#box = first.box;
    this.#lastSeen = at;
    this.#lastLook = at;
    this.#rest = { box: first.box, since: at };
    this.#vote(first, at, blocks);
  }

  get box(): Box {
    return this.#box;
  }

  /** When the digit was last seen, or when its place last looked the same as when it was seen. */
  get lastSeen(): number {
    return this.#lastSeen;
  }

  /** The block means of the frame in which the digit was last seen. */
  get blocks(): BlockMeans | undefined {
    return this.#blocks;
  }

  /** Since when the digit has stayed in its place. */
  get restingSince(): number {
    return this.#rest.since;
  }

  /** Whether the digit was seen often enough to be more than a misreading in one or two frames. */
  get established(): boolean {
    return this.#established;
  }

  /** Whether the digit was seen in more than one frame, but not yet often enough. */
  get emerging(): boolean {
    return !this.#established && this.#seen >= READER_NUMBERS.minSightings.value;
  }

  /** Whether the digit was seen too rarely to count any longer. */
  get faded(): boolean {
    return this.#presence < READER_NUMBERS.presenceStillCounts.value;
  }

  see(sighting: Sighting, at: number, blocks?: BlockMeans): void {
    this.#look(at, 1);
    this.#vote(sighting, at, blocks);
    const { box } = sighting;
    const { minSightings, presenceCounts, restRadius } = READER_NUMBERS;
    if (moveBetween(this.#rest.box, box) > restRadius.value * box.height) this.#rest = { box, since: at };
    if (this.#seen >= minSightings.value && this.#presence >= presenceCounts.value) this.#established = true;
  }

  /** Counts a frame that was read and shows no digit here. */
  miss(at: number): void {
    this.#look(at, 0);
  }

  /** Counts a frame that was not read, because the picture has not changed since the digit was seen. */
  keep(at: number): void {
    this.#lastSeen = at;
    this.#lastLook = at;
  }

  /** The digit with the majority of votes; undefined while there is no majority. */
  get decision(): Decision | undefined {
    const [digit, { votes, sightings }] = [...this.#ballots].reduce((a, b) => (b[1].votes > a[1].votes ? b : a));
    if (votes < READER_NUMBERS.voteMajority.value * this.#total) return undefined;
    return { digit, confidence: votes / sightings, box: this.#box };
  }

  /** Whether most votes are for this digit when the doubtful votes for it count as well. */
  leansTo(digit: DigitOrClass): boolean {
    const { votes, doubts } = this.#ballots.get(digit) ?? NO_BALLOT;
    return votes + doubts >= READER_NUMBERS.voteMajority.value * this.#total;
  }

  get #total(): number {
    let total = 0;
    for (const { votes, doubts } of this.#ballots.values()) total += votes + doubts;
    return total;
  }

  #look(at: number, seen: 0 | 1): void {
    const share = 1 - Math.exp((this.#lastLook - at) / (1000 * READER_NUMBERS.presenceMemory.value));
    this.#presence += share * (seen - this.#presence);
    this.#lastLook = at;
  }

  #vote({ digit, isRead, confidence, box }: Sighting, at: number, blocks: BlockMeans | undefined): void {
    const kept = Math.exp((this.#lastSeen - at) / (1000 * READER_NUMBERS.voteMemory.value));
    for (const [name, { votes, doubts, sightings }] of this.#ballots) {
      this.#ballots.set(name, { votes: votes * kept, doubts: doubts * kept, sightings: sightings * kept });
    }
    const { votes, doubts, sightings } = this.#ballots.get(digit) ?? NO_BALLOT;
    this.#ballots.set(
      digit,
      isRead
        ? { votes: votes + confidence, doubts, sightings: sightings + 1 }
        : { votes, doubts: doubts + 1, sightings },
    );
    this.#seen++;
    this.#box = box;
    this.#blocks = blocks;
    this.#lastSeen = at;
  }
}

/**
 * How far a box has moved, in pixels. An axis counts only if both sides have moved along it: if the faint end of a
 * stroke is found in one frame and missed in the next, one side moves although the digit does not.
 */
function moveBetween(a: Box, b: Box): number {
  const across = commonMove(b.x - a.x, b.x + b.width - a.x - a.width);
  const down = commonMove(b.y - a.y, b.y + b.height - a.y - a.height);
  return Math.hypot(across, down);
}

const commonMove = (one: number, other: number): number =>
  one * other <= 0 ? 0 : Math.min(Math.abs(one), Math.abs(other));
