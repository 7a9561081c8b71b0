import type { Around, Guess } from '@inkcast/shared/teaching';

/** Where a crop comes from: the camera, `inkcast read --keep`, or pictures that were sent to the page. */
export const ORIGINS = ['camera', 'read', 'upload'] as const;
export type Origin = (typeof ORIGINS)[number];

/**
 * Why a crop is worth a look: it was read with doubt, frames disagreed on it, a rule rejected its reading, its reading
 * changed at once, or somebody asked for it.
 */
export const REASONS = ['unsure', 'disagreement', 'rejected', 'changed', 'asked'] as const;
export type Reason = (typeof REASONS)[number];

/** A crop for the queue. */
export interface NewCrop {
  readonly takenAt: Date;
  readonly origin: Origin;
  readonly reason: Reason;
  /** 28x28 bytes, white ink on black: what the classifier saw. */
  readonly pixels: Uint8Array;
  /** What the verifier saw; undefined without one. */
  readonly around: Around | undefined;
  /** JPEG of the ink and what is around it. */
  readonly surroundings: Uint8Array | undefined;
  /** Likeliest first. */
  readonly guesses: readonly Guess[];
  readonly region: string | undefined;
  /** `name@version` of the model that guessed. */
  readonly model: string;
}

/** A crop that waits for a label. */
export interface WaitingCrop {
  readonly id: string;
  readonly takenAt: Date;
  readonly origin: Origin;
  readonly reason: Reason;
  readonly guesses: readonly Guess[];
  readonly region: string | undefined;
  /** The same for crops that look alike; undefined for one that nothing looks like. */
  readonly group: string | undefined;
}

/** What the queue holds at most; whichever bound is reached first. */
export interface QueueBounds {
  readonly maxCount: number;
  /** By the date. */
  readonly maxAgeDays: number;
  readonly maxMegabytes: number;
}

/** A label as a person gave it. */
export interface GivenLabel {
  readonly label: string;
  readonly heldBack: boolean;
  readonly confirmed: boolean;
}

/** What was undone: the crops, and the label that they had until then; undefined for a skip. */
export interface Undone {
  readonly ids: readonly string[];
  readonly label: string | undefined;
}

/** How many labels there are. */
export interface LabelCounts {
  readonly count: number;
  readonly learning: number;
  readonly heldBack: number;
  readonly byClass: Readonly<Record<string, number>>;
}
