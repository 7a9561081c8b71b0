import type { InkMap } from './ink-map.js';

/** What speaks against something being a digit. Value and limit are there where a rule compares one with the other. */
export interface Objection<Rule extends string = string> {
  readonly rule: Rule;
  /** What the rule saw. */
  readonly value?: number;
  /** What the value would have had to reach, or to stay within. */
  readonly limit?: number;
}

/** Told what vision sees, where someone asked for an explanation. */
export interface InkObserver {
  /** The ink of one level and polarity was looked at. */
  searched(map: InkMap): void;
}
