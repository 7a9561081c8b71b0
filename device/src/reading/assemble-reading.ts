import { NONE } from '../inference/index.js';
import { overlap } from '../vision/index.js';
import { chooseCandidates, type ScoredCandidate } from './choose-candidates.js';
import { orderRows } from './order-rows.js';
import type { ReadDigit, Reading, Rejection } from './reading.js';

/** Least probability at which a digit is read; below it, it is reported as uncertain. */
const LEAST_CONFIDENCE = 0.7;
/** A rejected candidate that a digit covers by this much has been explained by that digit. */
const EXPLAINED = 0.3;

/** What a frame says, from its scored candidates. */
export function assembleReading(scored: readonly ScoredCandidate[]): Reading {
  const chosen = chooseCandidates(scored);
  const accepted = chosen.filter(({ classification }) => classification.digitConfidence >= LEAST_CONFIDENCE);
  const rows = orderRows(accepted.map((item) => ({ item, box: item.candidate.box })));
  const digits = rows.flatMap((row, index) =>
    row.map(({ item, box }): ReadDigit => {
      const { digit, digitConfidence } = item.classification;
      return { digit, confidence: digitConfidence, row: index, box };
    }),
  );
  const texts = rows.map((row) => row.map(({ item }) => item.classification.digit).join(''));
  return { text: texts.join('\n'), rows: texts, digits, rejected: rejections(scored, accepted) };
}

/** What no digit explains, each place once: the candidate with most ink stands for those that it covers. */
function rejections(scored: readonly ScoredCandidate[], accepted: readonly ScoredCandidate[]): Rejection[] {
  const places = accepted.map(({ candidate }) => candidate.box);
  const rejected: Rejection[] = [];
  const byInk = [...scored].sort((a, b) => b.candidate.inkArea - a.candidate.inkArea);
  for (const { candidate, classification } of byInk) {
    if (places.some((place) => overlap(place, candidate.box) > EXPLAINED)) continue;
    places.push(candidate.box);
    const reason = classification.label === NONE ? 'not-a-digit' : 'uncertain';
    rejected.push({ box: candidate.box, reason, confidence: classification.digitConfidence });
  }
  return rejected;
}
