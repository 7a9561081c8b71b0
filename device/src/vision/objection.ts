import type { Proposal } from './candidate.js';
import type { InkMap } from './ink-map.js';

/** What speaks against something being a digit. Value and limit are there where a rule compares one with the other. */
export interface Objection<Rule extends string = string> {
  readonly rule: Rule;
  /** What the rule saw. */
  readonly value?: number;
  /** What the value would have had to reach, or to stay within. */
  readonly limit?: number;
}

/**
 * What vision leaves out, and what is compared:
 *
 * - `scale`: strokes that another level sees better, or none (width in pixels of the level, or length of the blob)
 * - `size`: too low (height in pixels of the level)
 * - `shape`: too wide (width against height)
 * - `stroke`: too thick (stroke against the longer side)
 * - `frame`: fills the frame (the smaller of its shares of the frame's sides)
 * - `crowd`: too small among too many (rank by ink)
 * - `contrast`: hardly differs from its wider surroundings (share of its contrast by which it does)
 * - `paper`: too little paper around it (share of the pixels near it)
 */
export type InkRule = 'scale' | 'size' | 'shape' | 'stroke' | 'frame' | 'crowd' | 'contrast' | 'paper';

export type InkObjection = Objection<InkRule>;

/** Told what vision sees and leaves out, where someone asked for an explanation. */
export interface InkObserver {
  /** One level and polarity was searched. */
  searched(map: InkMap): void;
  /** Something is no candidate. */
  leftOut(proposal: Proposal, objection: InkObjection): void;
}
