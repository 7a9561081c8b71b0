import type { Around } from '@inkcast/shared/teaching';
import type { Classification } from '../inference/index.js';
import type { Box, LumaFrame, VisionOperations } from '../vision/index.js';
import { assembleReading } from './assemble-reading.js';
import { chooseHypotheses } from './choose-hypotheses.js';
import type { DigitOrClass } from './digit-or-class.js';
import { findHypotheses, type ReadingModels } from './find-hypotheses.js';
import { type JudgedHypothesis, judge, weighPlaces } from './judgement/judgement.js';
import type { ReadOptions } from './read-options.js';
import type { Reading } from './reading.js';

/** Time spent on one frame, in milliseconds. */
export interface ReadingTimes {
  /** Building octaves, finding ink and cropping it. */
  readonly vision: number;
  /** Running the networks and the judgement. */
  readonly inference: number;
}

/** What the networks saw in one place, whether it was read or not. */
export interface Look {
  readonly box: Box;
  /** 28x28 bytes, white ink on black. */
  readonly crop: Uint8Array;
  /** What the verifier saw; undefined without one. */
  readonly around: Around | undefined;
  readonly classification: Classification;
  /** The likeliest digit, and the probability that it is there. */
  readonly digit: DigitOrClass;
  readonly confidence: number;
}

export interface FrameReading {
  readonly reading: Reading;
  /** Every place that may hold a digit. */
  readonly looks: readonly Look[];
  readonly elapsedMs: ReadingTimes;
}

/**
 * Reads single frames: the spotter finds places, the classifier names digits, the judgement gives probabilities. The
 * caller owns all three.
 */
export class FrameReader {
  readonly #operations: VisionOperations;
  readonly #models: ReadingModels;

  constructor(operations: VisionOperations, models: ReadingModels) {
    this.#operations = operations;
    this.#models = models;
  }

  /** Boxes are in pixels of the frame. */
  read(frame: LumaFrame, options: ReadOptions = {}): FrameReading {
    const begun = performance.now();
    const { judgement } = this.#models;
    const { places, inferenceMs } = findHypotheses(this.#operations, this.#models, frame, options.observer);
    const found = performance.now();
    const weighed = weighPlaces(judgement, places);
    const chosen = chooseHypotheses(weighed);
    // Rival hypotheses matter only with an expected form or to an observer.
    const isAsked = options.expectation !== undefined || options.observer !== undefined;
    const others = isAsked ? weighed.filter((item) => !chosen.includes(item)) : [];
    const judged = { chosen: judge(judgement, chosen, chosen), others: judge(judgement, others, chosen) };
    const reading = assembleReading(judged, judgement, options);
    const inference = inferenceMs + performance.now() - found;
    return { reading, looks: judged.chosen.map(lookOf), elapsedMs: { vision: found - begun - inferenceMs, inference } };
  }
}

function lookOf({ candidate: { box, crop }, around, classification, digit, probability }: JudgedHypothesis): Look {
  return { box, crop, around, classification, digit, confidence: probability };
}
