import type { InkError } from '@inkcast/shared/errors';
import type { Picture } from '../camera/index.js';
import type { FrameReading } from '../reading/index.js';
import type { Box } from '../vision/index.js';

/** [x, y, width, height] in whole pixels of the original picture. */
export type ReportedBox = readonly [number, number, number, number];

/** One line of `inkcast read --json`. */
export interface PictureReport {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly text: string;
  readonly rows: readonly string[];
  readonly digits: readonly {
    readonly digit: number;
    readonly confidence: number;
    readonly row: number;
    readonly box: ReportedBox;
  }[];
  readonly rejected: readonly { readonly box: ReportedBox; readonly reason: string; readonly confidence: number }[];
  readonly elapsedMs: { readonly decode: number; readonly vision: number; readonly inference: number };
}

/** The line for a picture that could not be read. */
export interface FailureReport {
  readonly file: string;
  readonly error: { readonly code: string; readonly message: string; readonly remedy: string };
}

/** @param decodeMs time that the picture took to be decoded, in milliseconds */
export function pictureReport(file: string, picture: Picture, read: FrameReading, decodeMs: number): PictureReport {
  const { original } = picture;
  const across = original.width / picture.width;
  const down = original.height / picture.height;
  const report = ({ x, y, width, height }: Box): ReportedBox => {
    const left = Math.round(x * across);
    const top = Math.round(y * down);
    return [left, top, Math.round((x + width) * across) - left, Math.round((y + height) * down) - top];
  };
  const { text, rows, digits, rejected } = read.reading;
  return {
    file,
    ...original,
    text,
    rows,
    digits: digits.map(({ digit, confidence, row, box }) => ({
      digit,
      confidence: round(confidence, 4),
      row,
      box: report(box),
    })),
    rejected: rejected.map(({ box, reason, confidence }) => ({
      box: report(box),
      reason,
      confidence: round(confidence, 4),
    })),
    elapsedMs: {
      decode: round(decodeMs, 2),
      vision: round(read.elapsedMs.vision, 2),
      inference: round(read.elapsedMs.inference, 2),
    },
  };
}

export function failureReport(file: string, { code, message, remedy }: InkError): FailureReport {
  return { file, error: { code, message, remedy } };
}

function round(value: number, places: number): number {
  return Number(value.toFixed(places));
}
