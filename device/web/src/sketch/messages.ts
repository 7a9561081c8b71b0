import type { Reading } from '@inkcast/reader/reading';

/** Where the reader finds its networks: addresses of folders, with a slash at the end. */
export interface ModelPlaces {
  /** The bundle whose classifier reads. */
  readonly classifier: string;
  /** The bundle whose other networks read where that one has none. */
  readonly companions: string;
  /** Whether the files are packed as the build of the static site packs them. */
  readonly packed: boolean;
}

/** A picture to read: a file, or the pixels of a canvas. */
export type Picture = Blob | ImageData;

/** A picture that was read. Boxes are in pixels of the picture. */
export interface PictureReading {
  readonly reading: Reading;
  readonly width: number;
  readonly height: number;
  /** Time for reading it, without decoding, in milliseconds. */
  readonly elapsedMs: number;
}

/** What the page asks the worker. */
export type Question = { readonly id: number } & (
  | { readonly kind: 'open'; readonly places: ModelPlaces }
  | { readonly kind: 'read'; readonly picture: Picture }
);

/** What the worker answers to the question of the same number. */
export type Answer = { readonly id: number } & (
  | { readonly kind: 'done' }
  | { readonly kind: 'read'; readonly result: PictureReading }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
);
