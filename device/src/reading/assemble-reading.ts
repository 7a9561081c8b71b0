import { NONE } from '../inference/index.js';
import { overlap } from '../vision/index.js';
import { chooseCandidates, type ScoredCandidate } from './choose-candidates.js';
import { isDoubt } from './doubts.js';
import { judgeDigits, type Refused } from './judge-digits.js';
import { orderRows } from './order-rows.js';
import type { ReadDigit, Reading, Rejection } from './reading.js';

/** A candidate that a digit covers by this much has been explained by that digit. */
const EXPLAINED = 0.3;

/**
 * What a frame says, from its scored candidates.
 *
 * @param frame its size in pixels
 */
export function assembleReading(
  scored: readonly ScoredCandidate[],
  frame: { readonly width: number; readonly height: number },
): Reading {
  const chosen = chooseCandidates(scored);
  const others = unexplained(scored, chosen);
  const { accepted, refused } = judgeDigits(chosen, others, frame);
  const rows = orderRows(accepted.map((item) => ({ item, box: item.candidate.box })));
  const digits = rows.flatMap((row, index) =>
    row.map(({ item, box }): ReadDigit => {
      const { digit, digitConfidence } = item.classification;
      return { digit, confidence: digitConfidence, row: index, box };
    }),
  );
  const texts = rows.map((row) => row.map(({ item }) => item.classification.digit).join(''));
  const rejected = [...refused, ...others.map(asRefused)].map((refusal) => rejection(refusal, accepted));
  return { text: texts.join('\n'), rows: texts, digits, rejected };
}

/** What no digit explains, each place once: the candidate with most ink stands for those that it covers. */
function unexplained(scored: readonly ScoredCandidate[], chosen: readonly ScoredCandidate[]): ScoredCandidate[] {
  const places = chosen.map(({ candidate }) => candidate.box);
  const byInk = [...scored].sort((a, b) => b.candidate.inkArea - a.candidate.inkArea);
  return byInk.filter(({ candidate }) => {
    if (places.some((place) => overlap(place, candidate.box) > EXPLAINED)) return false;
    places.push(candidate.box);
    return true;
  });
}

const asRefused = (item: ScoredCandidate): Refused => ({
  item,
  reason: item.classification.label === NONE ? 'not-a-digit' : 'uncertain',
});

const rejection = ({ item, reason }: Refused, digits: readonly ScoredCandidate[]): Rejection => ({
  box: item.candidate.box,
  reason,
  confidence: item.classification.digitConfidence,
  isDoubt: reason !== 'among-letters' && isDoubt(item, digits),
});
