import type { Judgement } from '@inkcast/shared/judgement';
import { NONE } from '../inference/index.js';
import { areOfSameInk } from './choose-hypotheses.js';
import { rowText } from './digit-or-class.js';
import { expectedDigits } from './expected-digits.js';
import type { Judged, JudgedHypothesis } from './judgement/judgement.js';
import { orderRows } from './order-rows.js';
import type { ReadOptions } from './read-options.js';
import type { ReadDigit, Reading, Rejection, RejectionReason } from './reading.js';

type Limits = Pick<Judgement, 'minConfidence' | 'minDoubt'>;

/** The reading of one frame: the digits that are likely enough, in rows, and everything that was rejected. */
export function assembleReading(judged: Judged, limits: Limits, { expectation, observer }: ReadOptions = {}): Reading {
  const { chosen, others } = judged;
  const { minConfidence } = limits;
  const likely = chosen.filter(({ probability }) => probability >= minConfidence);
  const expected = expectation && expectedDigits([...chosen, ...others], expectation, minConfidence);
  const rows = expected?.rows ?? rowsOf(likely);
  const read = rows.flat();
  const digits = rows.flatMap((row, index) =>
    row.map(
      ({ candidate: { box }, digit, probability }): ReadDigit => ({ digit, confidence: probability, row: index, box }),
    ),
  );
  const texts = rows.map((row) => rowText(row.map(({ digit }) => digit)));
  // If the expected form is not likely, every digit that would be read is in doubt.
  const isHeldBack = expected !== undefined && read.length === 0;
  const doubts = isHeldBack ? [...expected.doubts, ...likely] : [];
  const left = [...doubts, ...chosen].filter(
    (item, index, all) => ![...read, ...all.slice(0, index)].some((other) => areOfSameInk(item, other)),
  );
  const rejected = left.map((item): Rejection => {
    if (doubts.includes(item)) return unexpected(item, { value: expected?.probability ?? 0, limit: minConfidence });
    return likely.includes(item) ? unexpected(item) : rejectionOf(item, limits);
  });
  observer?.decided(read, judged, rejected);
  return { text: texts.join('\n'), rows: texts, digits, rejected };
}

const rowsOf = (items: readonly JudgedHypothesis[]): JudgedHypothesis[][] =>
  orderRows(items.map((item) => ({ item, box: item.candidate.box }))).map((row) => row.map(({ item }) => item));

/**
 * The digits that would be read without an expectation. They are in doubt because their form is not the expected one.
 */
function unexpected(
  { candidate: { box }, digit, probability }: JudgedHypothesis,
  doubt?: { readonly value: number; readonly limit: number },
): Rejection {
  return {
    ...{ box, reason: 'unexpected', rule: 'form', confidence: probability },
    ...doubt,
    mayBe: doubt === undefined ? undefined : digit,
  };
}

function rejectionOf(item: JudgedHypothesis, { minConfidence, minDoubt }: Limits): Rejection {
  const { candidate, digit, probability } = item;
  return {
    box: candidate.box,
    reason: reasonOf(item, minDoubt),
    ...{ rule: 'judgement', value: probability, limit: minConfidence },
    confidence: probability,
    mayBe: probability >= minDoubt ? digit : undefined,
  };
}

function reasonOf({ classification, probability, logOdds }: JudgedHypothesis, minDoubt: number): RejectionReason {
  if (probability >= minDoubt) return 'uncertain';
  if (classification.label === NONE) return 'not-a-digit';
  return logOdds >= 0 ? 'among-letters' : 'unlike-handwriting';
}
