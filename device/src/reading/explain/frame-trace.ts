import type { Box, InkMap, Objection, Origin, Polarity } from '../../vision/index.js';

/** `not-asked`: nobody looked at it closely, since what it covers had been explained. */
export type Outcome = 'read' | 'rejected' | 'not-asked';

/** Something that might have been a digit, and what became of it. */
export interface TracedCandidate extends Partial<Objection> {
  /** In pixels of the frame. */
  readonly box: Box;
  readonly origin: Origin;
  readonly polarity: Polarity;
  /** Frame pixels a pixel of the level that it was found in. */
  readonly scale: number;
  readonly outcome: Outcome;
  /** What was measured, by name. */
  readonly features: Readonly<Record<string, number>>;
  /** What the classifier was shown and said; undefined where it was not asked. */
  readonly classified: ClassifiedCrop | undefined;
}

export interface ClassifiedCrop {
  /** 28x28 bytes, white ink on black. */
  readonly crop: Uint8Array;
  /** Calibrated probability of each label, in the labels' order. */
  readonly probabilities: readonly number[];
  readonly digit: number;
  readonly digitConfidence: number;
}

/** Where a network that looks at whole frames saw digits, on one octave of scale. */
export interface HeatMap {
  /** Frame pixels a pixel of the map. */
  readonly scale: number;
  readonly width: number;
  readonly height: number;
  /** Probability at each place, 0 to 255 for 0 to 1, row-major. */
  readonly heat: Uint8Array;
}

/** A digit that such a network saw. */
export interface Spot {
  /** In pixels of the frame. */
  readonly box: Box;
  readonly digit: number;
  readonly probability: number;
}

/** How one frame was read: all that was seen in it and what became of that. */
export interface FrameTrace {
  /** One for each level and polarity that was searched. */
  readonly ink: readonly InkMap[];
  /** What was read, in reading order; what was rejected, the likeliest digits first; the others, most ink first. */
  readonly candidates: readonly TracedCandidate[];
  readonly heatMaps: readonly HeatMap[];
  readonly spots: readonly Spot[];
}
