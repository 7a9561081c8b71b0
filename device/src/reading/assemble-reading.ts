import { NONE } from '../inference/index.js';
import { overlap } from '../vision/index.js';
import { type Choice, chooseCandidates, conflict, type ScoredCandidate } from './choose-candidates.js';
import { doubtsAmong, isHalfRead } from './doubts.js';
import { expectedDigits } from './expected-digits.js';
import { type Judgement, judgeDigits, type Refused } from './judge-digits.js';
import { orderRows } from './order-rows.js';
import type { ReadOptions } from './read-options.js';
import type { ReadDigit, Reading, Rejection } from './reading.js';

/** Of what the judgement refuses, in any view of it, though the classifier takes it for a digit: less likely one than not. */
const REFUSED_PROBABILITY = 0.4;
/** A candidate that a digit covers by this much has been explained by that digit. */
const EXPLAINED = 0.3;

/**
 * What a frame says, from its scored candidates.
 *
 * @param frame its size in pixels
 * @param expectation the form that it is known to have; default any
 * @param recorder told what became of each candidate
 */
export function assembleReading(
  scored: readonly ScoredCandidate[],
  frame: { readonly width: number; readonly height: number },
  { expectation, recorder }: ReadOptions = {},
): Reading {
  const { chosen, passedOver } = chooseCandidates(scored);
  const others = places(unexplained(scored, chosen));
  const judged = judgeDigits(chosen, others, frame);
  const expected = expectation && expectedDigits(scored, judged, probabilityOfDigit(judged), expectation);
  const { accepted, refused } = expected ?? judged;
  const rows = expected?.rows ?? orderRows(accepted.map(asRead));
  const digits = rows.flatMap((row, index) =>
    row.map(({ item, box, confidence }): ReadDigit => {
      return { digit: item.classification.digit, confidence, row: index, box };
    }),
  );
  const texts = rows.map((row) => row.map(({ item }) => item.classification.digit).join(''));
  const halfRead = scored.filter((item) => isHalfRead(item, accepted));
  const likely = expected?.doubts ?? doubtsAmong(unexplained(scored, accepted), accepted);
  const doubts = [...likely, ...halfRead];
  const named = [...accepted, ...refused.map(({ item }) => item)];
  const unread = unexplained(others, named).map((item) => asRefused(item, passedOver));
  const rejected = [...refused, ...unread].map((refusal) => rejection(refusal, doubts));
  const unchosen = Array.from(passedOver, ([item, objection]) => ({ item, objection }));
  recorder?.decided(
    rows.flat().map(({ item }) => item),
    [...refused, ...unchosen.filter(({ item }) => !accepted.includes(item))],
  );
  return { text: texts.join('\n'), rows: texts, digits, rejected };
}

const asRead = (item: ScoredCandidate) => ({
  item,
  box: item.candidate.box,
  confidence: item.classification.digitConfidence,
});

/** What none of these digits explains. */
function unexplained(scored: readonly ScoredCandidate[], digits: readonly ScoredCandidate[]): ScoredCandidate[] {
  return scored.filter((item) => !digits.some((digit) => isExplained(item, digit)));
}

/**
 * Each place once: the piece with most ink stands for all that it covers; joins, which may run across words and lines, only
 * where there is no piece.
 */
function places(scored: readonly ScoredCandidate[]): ScoredCandidate[] {
  const found: ScoredCandidate[] = [];
  const isPiece = ({ candidate }: ScoredCandidate): number => (candidate.origin === 'piece' ? 1 : 0);
  const byInk = (a: ScoredCandidate, b: ScoredCandidate): number => b.candidate.inkArea - a.candidate.inkArea;
  for (const item of [...scored].sort((a, b) => isPiece(b) - isPiece(a) || byInk(a, b))) {
    if (!found.some((place) => isExplained(item, place))) found.push(item);
  }
  return found;
}

const isExplained = (item: ScoredCandidate, by: ScoredCandidate): boolean =>
  overlap(by.candidate.box, item.candidate.box) > EXPLAINED;

const asRefused = (item: ScoredCandidate, passedOver: Choice['passedOver']): Refused => ({
  item,
  reason: item.classification.label === NONE ? 'not-a-digit' : 'uncertain',
  objection: passedOver.get(item) ?? { rule: 'classifier' },
});

/** @param doubts what may be digits, among them perhaps other views of the same ink */
function rejection({ item, reason, objection }: Refused, doubts: readonly ScoredCandidate[]): Rejection {
  const doubt = reason === 'among-letters' ? undefined : doubts.find((other) => isExplained(other, item));
  const { box } = item.candidate;
  const { digitConfidence } = item.classification;
  return { box, reason, ...objection, confidence: digitConfidence, mayBe: doubt?.classification.digit };
}

function probabilityOfDigit({ refused }: Judgement): (item: ScoredCandidate) => number {
  return ({ candidate, classification: { anyDigit } }) => {
    const isRefused = refused.some(({ item }) => item.candidate === candidate || conflict(item.candidate, candidate));
    return Math.min(anyDigit, isRefused ? REFUSED_PROBABILITY : 1);
  };
}
