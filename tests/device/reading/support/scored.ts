import type { ScoredCandidate } from '@inkcast/device/reading';
import type { Box } from '@inkcast/device/vision';

const LABELS = 11;
const NONE = 10;

interface Look {
  readonly pieces?: readonly string[];
  readonly contrast?: number;
  readonly paper?: number;
  readonly standsOut?: number;
  readonly atEdge?: boolean;
  readonly ink?: number;
  readonly scale?: number;
  readonly strokeWidth?: number;
  readonly origin?: ScoredCandidate['candidate']['origin'];
}

/** A candidate in plain surroundings, as strong ink on paper leaves it, unless `look` says otherwise. */
function candidate(box: Box, look: Look): ScoredCandidate['candidate'] {
  const contrast = look.contrast ?? 100;
  const inkArea = look.ink ?? 0.2 * box.width * box.height;
  return {
    box,
    origin: look.origin ?? 'piece',
    crop: new Uint8Array(784),
    polarity: 'dark',
    scale: look.scale ?? 1,
    contrast,
    strokeWidth: look.strokeWidth ?? 0.1 * box.height,
    inkArea,
    inkMass: inkArea * contrast,
    pieces: look.pieces ?? [`${box.x}/${box.y}/${box.width}/${box.height}`],
    surroundings: {
      standsOut: look.standsOut ?? 0.8 * contrast,
      paper: look.paper ?? 1,
      atEdge: look.atEdge ?? false,
    },
  };
}

/** A digit that comes second, for a classifier that is divided. */
interface Second {
  readonly digit: number;
  readonly confidence: number;
}

/** What the classifier takes for `digit` with `confidence`, the rest being `none`, or first another digit. */
export function digit(
  digit: number,
  confidence: number,
  box: Box,
  look: Look = {},
  second: Second = { digit, confidence: 0 },
): ScoredCandidate {
  const anyDigit = confidence + second.confidence;
  const probabilities = new Float64Array(LABELS);
  probabilities[second.digit] = second.confidence;
  probabilities[digit] = confidence;
  probabilities[NONE] = 1 - anyDigit;
  const label = confidence > 0.5 ? String(digit) : 'none';
  return {
    candidate: candidate(box, look),
    classification: {
      label,
      confidence: Math.max(confidence, 1 - anyDigit),
      digit,
      digitConfidence: confidence,
      anyDigit,
      probabilities,
      digitProbabilities: probabilities.slice(0, NONE),
    },
  };
}

/** What the classifier takes for no digit. */
export const none = (box: Box, look: Look = {}): ScoredCandidate => digit(3, 0.02, box, look);

/** Boxes in one row, each 30 wide and 50 high, at these places. */
export const inRow = (lefts: readonly number[], y = 100, width = 30, height = 50): Box[] =>
  lefts.map((x) => ({ x, y, width, height }));
