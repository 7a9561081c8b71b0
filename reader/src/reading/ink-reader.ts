import type { DigitClassifier } from '../inference/index.js';
import { READER_NUMBERS } from '../numbers/index.js';
import type { LumaFrame, VisionOperations } from '../vision/index.js';
import { chooseHypotheses } from './choose-hypotheses.js';
import { rowText } from './digit-or-class.js';
import { findSymbols } from './find-symbols.js';
import type { FrameReading, Look } from './frame-reader.js';
import { orderRows } from './order-rows.js';
import type { ReadOptions } from './read-options.js';
import type { Reading, Rejection } from './reading.js';
import type { SymbolHypothesis } from './symbol-hypothesis.js';

/**
 * Reads single frames with a classifier alone, whatever its classes are: every piece of ink is a place, and what the
 * classifier does not take for `none` is read. There is no expected form: that is of digits. The caller owns the
 * classifier.
 */
export class InkReader {
  readonly #operations: VisionOperations;
  readonly #classifier: DigitClassifier;

  constructor(operations: VisionOperations, classifier: DigitClassifier) {
    this.#operations = operations;
    this.#classifier = classifier;
  }

  /** Boxes are in pixels of the frame. */
  read(frame: LumaFrame, { observer }: Pick<ReadOptions, 'observer'> = {}): FrameReading {
    const begun = performance.now();
    const { hypotheses, inferenceMs } = findSymbols(this.#operations, this.#classifier, frame, observer);
    const found = performance.now();
    const chosen = chooseHypotheses(hypotheses);
    const { reading, read } = readingOf(chosen);
    const others = hypotheses.filter((item) => !chosen.includes(item));
    observer?.classified(read, { chosen, others }, reading.rejected);
    const inference = inferenceMs + performance.now() - found;
    return { reading, looks: chosen.map(lookOf), elapsedMs: { vision: found - begun - inferenceMs, inference } };
  }

  /** Every piece of ink, in each way in which it can be taken, for labels of classes that no model knows yet. */
  look(frame: LumaFrame): Look[] {
    return findSymbols(this.#operations, this.#classifier, frame).hypotheses.map(lookOf);
  }
}

function readingOf(chosen: readonly SymbolHypothesis[]): {
  readonly reading: Reading;
  readonly read: readonly SymbolHypothesis[];
} {
  const { symbolMinConfidence, symbolMinDoubt } = READER_NUMBERS;
  const likely = chosen.filter(({ probability }) => probability >= symbolMinConfidence.value);
  const rows = orderRows(likely.map((item) => ({ item, box: item.candidate.box })));
  const texts = rows.map((row) => rowText(row.map(({ item }) => item.digit)));
  const digits = rows.flatMap((row, index) =>
    row.map(({ item: { digit, probability }, box }) => ({ digit, confidence: probability, row: index, box })),
  );
  const doubts = chosen.filter((item) => item.probability >= symbolMinDoubt.value && !likely.includes(item));
  const rejected = doubts.map(
    ({ candidate: { box }, digit, probability }): Rejection => ({
      ...{ box, reason: 'uncertain', rule: 'classifier' },
      ...{ value: probability, limit: symbolMinConfidence.value },
      ...{ confidence: probability, mayBe: digit },
    }),
  );
  return {
    reading: { text: texts.join('\n'), rows: texts, digits, rejected },
    read: rows.flatMap((row) => row.map(({ item }) => item)),
  };
}

function lookOf({ candidate: { box, crop }, classification, digit, probability }: SymbolHypothesis): Look {
  return { box, crop, around: undefined, classification, digit, confidence: probability };
}
