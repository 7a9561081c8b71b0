import type { DigitOrClass, FrameReading } from '@inkcast/reader/reading';
import type { Box } from '@inkcast/reader/vision';
import { bodyOf, type InkError } from '@inkcast/shared/errors';
import type { Picture } from '../camera/index.js';

/** [x, y, width, height] in whole pixels of the original picture. */
export type ReportedBox = readonly [number, number, number, number];

/** One line of `inkcast read --json`. */
export interface PictureReport {
  readonly file: string;
  /** Absent without named regions. */
  readonly region?: string;
  readonly width: number;
  readonly height: number;
  readonly text: string;
  readonly rows: readonly string[];
  readonly digits: readonly {
    /** From 0 to 9, or the name of another class. */
    readonly digit: DigitOrClass;
    readonly confidence: number;
    readonly row: number;
    readonly box: ReportedBox;
  }[];
  readonly rejected: readonly {
    readonly box: ReportedBox;
    readonly reason: string;
    readonly rule: string;
    /** The measured value and its limit, if the rule compares the two. */
    readonly value?: number;
    readonly limit?: number;
    readonly confidence: number;
  }[];
  readonly elapsedMs: { readonly decode: number; readonly vision: number; readonly inference: number };
}

/** The line for a picture that could not be read. */
export interface FailureReport {
  readonly file: string;
  readonly error: { readonly code: string; readonly message: string; readonly remedy: string };
}

/** Converts boxes from the picture as it was read to pixels of the original. */
export function originalBox({ width, height, original }: Picture, box: Box): ReportedBox {
  const [across, down] = [original.width / width, original.height / height];
  const left = Math.round(box.x * across);
  const top = Math.round(box.y * down);
  return [left, top, Math.round((box.x + box.width) * across) - left, Math.round((box.y + box.height) * down) - top];
}

interface ReportedPicture {
  readonly picture: Picture;
  /** The named region that was read. */
  readonly region: string | undefined;
  /** Time for decoding it. */
  readonly decodeMs: number;
}

export function pictureReport(
  file: string,
  { picture, region, decodeMs }: ReportedPicture,
  read: FrameReading,
): PictureReport {
  const { original } = picture;
  const { text, rows, digits, rejected } = read.reading;
  return {
    file,
    ...(region === undefined ? {} : { region }),
    ...original,
    text,
    rows,
    digits: digits.map(({ digit, confidence, row, box }) => ({
      digit,
      confidence: round(confidence, 4),
      row,
      box: originalBox(picture, box),
    })),
    rejected: rejected.map(({ box, reason, rule, value, limit, confidence }) => ({
      box: originalBox(picture, box),
      reason,
      rule,
      ...(value === undefined ? {} : { value: round(value, 4) }),
      ...(limit === undefined ? {} : { limit: round(limit, 4) }),
      confidence: round(confidence, 4),
    })),
    elapsedMs: {
      decode: round(decodeMs, 2),
      vision: round(read.elapsedMs.vision, 2),
      inference: round(read.elapsedMs.inference, 2),
    },
  };
}

export function failureReport(file: string, error: InkError): FailureReport {
  return { file, error: bodyOf(error) };
}

function round(value: number, places: number): number {
  return Number(value.toFixed(places));
}
