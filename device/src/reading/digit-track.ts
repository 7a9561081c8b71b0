import type { Box } from '../vision/index.js';
import type { ReadDigit } from './reading.js';

/** Seconds after which a vote counts 1/e: old enough to outvote one bad frame, young enough to follow a new number. */
const MEMORY_SECONDS = 0.25;
/** Share of all votes that the leading digit needs. */
const MAJORITY = 0.6;
/** Frames in which a digit must have been seen before it counts. */
const LEAST_SIGHTINGS = 2;

/** One place in view that shows a digit, followed across frames; the digit itself is put to the vote. */
export class DigitTrack {
  readonly #votes = new Float64Array(10);
  #box: Box;
  #confidence: number;
  #sightings = 0;
  #lastSeen: number;

  /** @param at time of the frame in milliseconds */
  constructor(first: ReadDigit, at: number) {
    this.#box = first.box;
    this.#confidence = first.confidence;
    this.#lastSeen = at;
    this.see(first, at);
  }

  get box(): Box {
    return this.#box;
  }

  get lastSeen(): number {
    return this.#lastSeen;
  }

  see({ digit, confidence, box }: ReadDigit, at: number): void {
    const kept = Math.exp((this.#lastSeen - at) / (1000 * MEMORY_SECONDS));
    this.#votes.forEach((vote, index) => {
      this.#votes[index] = vote * kept;
    });
    this.#votes[digit] += confidence;
    this.#box = box;
    this.#confidence = confidence;
    this.#sightings++;
    this.#lastSeen = at;
  }

  /** Whether it was seen often enough to be more than a mistake of one frame. */
  get established(): boolean {
    return this.#sightings >= LEAST_SIGHTINGS;
  }

  /** The digit that most votes are for, undefined while they are divided. */
  get decision(): { readonly digit: number; readonly confidence: number; readonly box: Box } | undefined {
    let digit = 0;
    let total = 0;
    this.#votes.forEach((vote, index) => {
      total += vote;
      if (vote > this.#votes[digit]) digit = index;
    });
    if (this.#votes[digit] < MAJORITY * total) return undefined;
    return { digit, confidence: this.#confidence, box: this.#box };
  }
}
