import { READER_NUMBERS } from '../numbers/index.js';
import type { Box } from '../vision/index.js';
import type { BlockMeans } from './block-means.js';

/** What stands in a place in one frame: a digit, or what may well be one. */
export interface Sighting {
  readonly digit: number;
  /** Whether it was read. What was not, is its likeliest digit. */
  readonly isRead: boolean;
  readonly confidence: number;
  readonly box: Box;
}

/** The digit of a track, and where it was last. */
export interface Decision {
  readonly digit: number;
  /** Mean confidence of the votes for it. */
  readonly confidence: number;
  readonly box: Box;
}

/** One place in view that shows a digit, followed across frames; the digit itself is put to the vote. */
export class DigitTrack {
  readonly #votes = new Float64Array(10);
  /** Votes for no digit, by what it would be. */
  readonly #doubts = new Float64Array(10);
  /** Votes without their confidence. */
  readonly #sightings = new Float64Array(10);
  #seen = 0;
  #box: Box;
  #blocks: BlockMeans | undefined;
  #lastSeen: number;
  #lastLook: number;
  #presence = READER_NUMBERS.presenceFirst.value;
  #established = false;
  #rest: { readonly box: Box; readonly since: number };

  /** @param at time of the frame in milliseconds, as all times here; `blocks` its block means */
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

  /** When the digit was last seen, or its place last looked as it did when it was. */
  get lastSeen(): number {
    return this.#lastSeen;
  }

  /** The picture in which it was last seen. */
  get blocks(): BlockMeans | undefined {
    return this.#blocks;
  }

  /** Since when it has not left its place. */
  get restingSince(): number {
    return this.#rest.since;
  }

  /** Whether it was seen often enough to be more than a mistake of a frame or two. */
  get established(): boolean {
    return this.#established;
  }

  /** Whether it was seen in more than one frame, though not often enough yet. */
  get emerging(): boolean {
    return !this.#established && this.#seen >= READER_NUMBERS.minSightings.value;
  }

  /** Whether it is seen so seldom that it counts no longer, or never will. */
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

  /** A frame was looked at and shows no digit here. */
  miss(at: number): void {
    this.#look(at, 0);
  }

  /** A frame was not looked at, since the picture is as it was when the digit was last seen. */
  keep(at: number): void {
    this.#lastSeen = at;
    this.#lastLook = at;
  }

  /** The digit that most votes are for, undefined while they are divided. */
  get decision(): Decision | undefined {
    const digit = this.#votes.indexOf(Math.max(...this.#votes));
    if (this.#votes[digit] < READER_NUMBERS.voteMajority.value * this.#total) return undefined;
    return { digit, confidence: this.#votes[digit] / this.#sightings[digit], box: this.#box };
  }

  /** Whether most votes are for a digit if those that doubt it count for it too. */
  leansTo(digit: number): boolean {
    return this.#votes[digit] + this.#doubts[digit] >= READER_NUMBERS.voteMajority.value * this.#total;
  }

  get #total(): number {
    return this.#votes.reduce((sum, vote, digit) => sum + vote + this.#doubts[digit], 0);
  }

  #look(at: number, seen: 0 | 1): void {
    const share = 1 - Math.exp((this.#lastLook - at) / (1000 * READER_NUMBERS.presenceMemory.value));
    this.#presence += share * (seen - this.#presence);
    this.#lastLook = at;
  }

  #vote({ digit, isRead, confidence, box }: Sighting, at: number, blocks: BlockMeans | undefined): void {
    const kept = Math.exp((this.#lastSeen - at) / (1000 * READER_NUMBERS.voteMemory.value));
    for (let index = 0; index < 10; index++) {
      this.#votes[index] *= kept;
      this.#sightings[index] *= kept;
      this.#doubts[index] *= kept;
    }
    if (isRead) {
      this.#votes[digit] += confidence;
      this.#sightings[digit]++;
    } else {
      this.#doubts[digit]++;
    }
    this.#seen++;
    this.#box = box;
    this.#blocks = blocks;
    this.#lastSeen = at;
  }
}

/**
 * How far a box has moved, in pixels: along each axis, as far as both of its sides have. Where a faint end of a stroke
 * is found in one frame and not in the next, one side moves and the digit stays.
 */
function moveBetween(a: Box, b: Box): number {
  const across = commonMove(b.x - a.x, b.x + b.width - a.x - a.width);
  const down = commonMove(b.y - a.y, b.y + b.height - a.y - a.height);
  return Math.hypot(across, down);
}

const commonMove = (one: number, other: number): number =>
  one * other <= 0 ? 0 : Math.min(Math.abs(one), Math.abs(other));
