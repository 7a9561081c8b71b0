import type { Around, Doubt, GateReport, Guess, LabelledCrop, LearningProgress } from '@inkcast/shared/teaching';
import type { Picture } from '../sketch/index.js';

/** The files of a model bundle, by name. */
export type BundleFiles = ReadonlyMap<string, Uint8Array>;

/** A place of a picture that may hold a digit, as the networks saw it. */
export interface Seen {
  readonly pixels: Uint8Array;
  readonly around: Around | undefined;
  /** Likeliest first. */
  readonly guesses: readonly Guess[];
}

/** What the worker that reads is asked. */
export type LookQuestion = { readonly id: number } /** `bundle`: address of the shipped one */ & (
  | { readonly kind: 'read'; readonly bundle: string; readonly picture: Picture }
  /** Reads every picture with this model, too. */
  | { readonly kind: 'use'; readonly files: BundleFiles }
);

/** A picture that was read. */
export interface Look {
  readonly rows: readonly string[];
  /** What the taught model reads; undefined without one. */
  readonly taughtRows: readonly string[] | undefined;
  readonly seen: readonly Seen[];
}

export type LookAnswer = { readonly id: number } & (
  | { readonly kind: 'read'; readonly look: Look }
  | { readonly kind: 'used' }
  | { readonly kind: 'failed'; readonly message: string }
);

/** The task of the worker that learns. */
export type LearnQuestion =
  | { readonly kind: 'second-look'; readonly bundle: string; readonly crops: readonly LabelledCrop[] }
  | {
      readonly kind: 'learn';
      readonly bundle: string;
      readonly crops: readonly LabelledCrop[];
      /** Counts the models that were taught in this tab; the version ends in it. */
      readonly number: number;
      readonly seed: number;
    };

export interface Taught {
  readonly report: GateReport;
  /** `name@version` */
  readonly reference: string;
  readonly files: BundleFiles;
}

export type LearnAnswer =
  | LearningProgress
  | { readonly kind: 'doubts'; readonly doubts: readonly Doubt[] }
  | { readonly kind: 'taught'; readonly taught: Taught }
  | { readonly kind: 'failed'; readonly message: string; readonly remedy: string };
