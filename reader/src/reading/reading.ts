import type { Box } from '../vision/index.js';
import type { DigitOrClass } from './digit-or-class.js';

/** A digit that was read, or a symbol of another class. */
export interface ReadDigit {
  readonly digit: DigitOrClass;
  /** Calibrated probability from 0 to 1. */
  readonly confidence: number;
  /** Index of its row, counted from the top. */
  readonly row: number;
  /** In pixels of the frame. */
  readonly box: Box;
}

/** Why something that resembles a digit was not read as one. */
export type RejectionReason = 'not-a-digit' | 'uncertain' | 'unlike-handwriting' | 'among-letters' | 'unexpected';

/**
 * A place that was not read, or read as something else. Value and limit are present if a rule compares one with the
 * other.
 */
export interface Rejection {
  readonly box: Box;
  readonly reason: RejectionReason;
  readonly rule: 'judgement' | 'form' | 'classifier';
  /** The value that the rule measured. */
  readonly value?: number;
  /** The limit that the value missed. */
  readonly limit?: number;
  /** Probability of its likeliest digit. */
  readonly confidence: number;
  /** Its likeliest digit, if it may belong to a number that was read. That number is then unreliable. */
  readonly mayBe: DigitOrClass | undefined;
}

/** The reading of one frame. */
export interface Reading {
  /** The rows, joined by newlines; empty if there is no digit. */
  readonly text: string;
  readonly rows: readonly string[];
  /** In reading order: rows from top to bottom, each from left to right. */
  readonly digits: readonly ReadDigit[];
  readonly rejected: readonly Rejection[];
}
