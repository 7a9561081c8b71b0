import type { Box } from '../vision/index.js';

/** A digit that was read. */
export interface ReadDigit {
  readonly digit: number;
  /** Calibrated probability, 0 to 1. */
  readonly confidence: number;
  /** Row that it stands in, counted from the top. */
  readonly row: number;
  /** In pixels of the frame. */
  readonly box: Box;
}

/** Why something that looked like it might be a digit was not read as one. */
export type RejectionReason = 'not-a-digit' | 'uncertain' | 'unlike-handwriting' | 'among-letters' | 'unexpected';

/** What was read differently, or not at all. Value and limit are there where a rule compares one with the other. */
export interface Rejection {
  readonly box: Box;
  readonly reason: RejectionReason;
  readonly rule: 'judgement' | 'form';
  /** What the rule saw. */
  readonly value?: number;
  /** What the value would have had to reach. */
  readonly limit?: number;
  /** Probability of its likeliest digit. */
  readonly confidence: number;
  /** Its likeliest digit, where it may well be one of a number that was read, which is then not to be relied on. */
  readonly mayBe: number | undefined;
}

/** What one frame says. */
export interface Reading {
  /** The rows, joined by newlines; empty where there is no digit. */
  readonly text: string;
  readonly rows: readonly string[];
  /** In reading order: rows from top to bottom, within a row from left to right. */
  readonly digits: readonly ReadDigit[];
  readonly rejected: readonly Rejection[];
}
