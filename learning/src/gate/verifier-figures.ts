import type { GateReport } from '@inkcast/shared/teaching';
import type { Dataset } from '@inkcast/training/data/portable';
import { aroundDataset } from '../crops/index.js';
import { type Opinion, opinionsOn } from '../model/index.js';
import type { LearningTools } from '../tools/index.js';
import type { TaughtVerifier } from '../verifier/index.js';

/** Compares a taught verifier with its base. */
export async function verifierFigures(
  tools: Pick<LearningTools, 'startPredictor'>,
  { lesson: { base, description, crops, replay }, model }: TaughtVerifier,
): Promise<NonNullable<GateReport['verifier']>> {
  const heldBack = aroundDataset(
    crops.filter((crop) => crop.heldBack),
    description,
  );
  const pictures = [heldBack, replay.check, replay.negatives] as const;
  const [heldBackBefore, knownBefore, negativesBefore] = await opinionsOn(tools, base, ...pictures);
  const [heldBackAfter, knownAfter, negativesAfter] = await opinionsOn(tools, model, ...pictures);
  const isDigit = ([{ label }]: Opinion): boolean => /^[0-9]$/.test(label);
  return {
    heldBack: wrong(heldBack, heldBackBefore, heldBackAfter),
    known: wrong(replay.check, knownBefore, knownAfter),
    negatives: {
      count: negativesAfter.length,
      newlyFalse: negativesAfter.filter((after, index) => isDigit(after) && !isDigit(negativesBefore[index])).length,
    },
  };
}

function wrong({ labels, classes }: Dataset, before: readonly Opinion[], after: readonly Opinion[]) {
  const wrongOf = (opinions: readonly Opinion[]): number =>
    opinions.filter(([{ label }], index) => label !== classes[labels[index]]).length;
  return { count: labels.length, wrongBefore: wrongOf(before), wrongAfter: wrongOf(after) };
}
