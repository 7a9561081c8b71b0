import type { Box, InkMap, Polarity } from '../../vision/index.js';

export type Outcome = 'read' | 'rejected';

/** Something that might have been a digit, and what became of it. */
export interface TracedCandidate {
  readonly rule?: string;
  readonly value?: number;
  readonly limit?: number;
  /** In pixels of the frame. */
  readonly box: Box;
  readonly polarity: Polarity;
  /** Frame pixels a pixel of the level that it was found in. */
  readonly scale: number;
  readonly outcome: Outcome;
  /** What was measured, by name. */
  readonly features: Readonly<Record<string, number>>;
  /** What the classifier was shown and said. */
  readonly classified: ClassifiedCrop;
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
  /** What was read first, then what was rejected; within each the likeliest first. */
  readonly candidates: readonly TracedCandidate[];
  readonly heatMaps: readonly HeatMap[];
  readonly spots: readonly Spot[];
}
