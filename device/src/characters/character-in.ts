import {
  chooseHypotheses,
  findHypotheses,
  type JudgedHypothesis,
  judge,
  type ReadingModels,
  weighPlaces,
} from '@inkcast/reader/reading';
import {
  candidateWithin,
  cropScale,
  type InkCandidate,
  type LumaFrame,
  Pyramid,
  type VisionOperations,
} from '@inkcast/reader/vision';
import { inkBox } from './ink-box.js';

/**
 * Maximum share of ink among the pixels on each side of a doubtful digit. Beside the stem of a letter there is more.
 */
const MAX_INK_BESIDE = 0.04;

/**
 * The ink of the only character in a picture, cropped as by the reader. If digits are read, it is the ink of the
 * likeliest one; a doubtful digit counts too if it stands alone. Otherwise, as for a letter, it is all ink in the
 * picture.
 *
 * @returns undefined if there is no ink
 */
export function characterIn(
  operations: VisionOperations,
  models: ReadingModels,
  frame: LumaFrame,
): InkCandidate | undefined {
  const { minConfidence, minDoubt } = models.judgement;
  const likeliest = likeliestIn(operations, models, frame);
  if (likeliest === undefined) return inkOf(operations, frame);
  const { probability, candidate } = likeliest;
  const isTaken = probability >= minConfidence || (probability >= minDoubt && standsAlone(candidate));
  return isTaken ? candidate : inkOf(operations, frame);
}

const standsAlone = ({ surroundings }: InkCandidate): boolean => {
  const { inkLeft, inkRight, inkAbove, inkBelow } = surroundings;
  return Math.max(inkLeft, inkRight, inkAbove, inkBelow) <= MAX_INK_BESIDE;
};

function likeliestIn(
  operations: VisionOperations,
  models: ReadingModels,
  frame: LumaFrame,
): JudgedHypothesis | undefined {
  const { judgement } = models;
  const chosen = chooseHypotheses(weighPlaces(judgement, findHypotheses(operations, models, frame).places));
  return judge(judgement, chosen, chosen)
    .sort((a, b) => b.probability - a.probability)
    .at(0);
}

function inkOf(operations: VisionOperations, frame: LumaFrame): InkCandidate | undefined {
  const scale = cropScale({ x: 0, y: 0, ...frame });
  return operations.inScope((scope) => {
    const pyramid = new Pyramid(scope, frame);
    const box = inkBox(operations, pyramid.level(scale), scale);
    if (box === undefined) return undefined;
    const { x, y, width, height } = box;
    const place = { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
    return candidateWithin(operations, pyramid, place, cropScale(place));
  });
}
