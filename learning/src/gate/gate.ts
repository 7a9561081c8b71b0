import { type GateReport, type LabelledCrop, NONE } from '@inkcast/shared/teaching';
import type { Dataset } from '@inkcast/training/data/portable';
import { cropDataset } from '../crops/index.js';
import { type Int8Model, type Opinion, opinionsOn } from '../model/index.js';
import type { LearningTools } from '../tools/index.js';
import type { TaughtVerifier } from '../verifier/index.js';
import { reasonsAgainst } from './reasons.js';
import { verdictOf } from './verdict.js';
import { verifierFigures } from './verifier-figures.js';

export interface GateTask {
  /** Null if the candidate has other classes, which the base does not know. */
  readonly base: Int8Model | null;
  readonly candidate: Int8Model;
  readonly crops: readonly LabelledCrop[];
  readonly negatives: Dataset;
  readonly mnist: GateReport['mnist'];
  /** Undefined if it was not taught. */
  readonly verifier: TaughtVerifier | undefined;
}

/** Compares a candidate with its base, on labels and on pictures without a character. */
export async function gate(
  tools: Pick<LearningTools, 'startPredictor'>,
  { base, candidate, crops, negatives, mnist, verifier }: GateTask,
): Promise<GateReport> {
  const pictures = [cropDataset(crops, candidate.labels), negatives] as const;
  const [after, negativesAfter] = await opinionsOn(tools, candidate, ...pictures);
  const [before = null, negativesBefore = null] = base === null ? [] : await opinionsOn(tools, base, ...pictures);
  const changes = crops.map((crop, index) => changeOf(crop, before?.[index], after[index]));
  const heldBack = changes.filter((_, index) => crops[index].heldBack);
  const falseBefore = negativesBefore?.map(isFalse);
  const falseAfter = negativesAfter.map(isFalse);
  const figures = {
    heldBack: {
      count: heldBack.length,
      wrongBefore: base === null ? null : heldBack.filter(({ wasRight }) => !wasRight).length,
      wrongAfter: heldBack.filter(({ isRight }) => !isRight).length,
      verdict: verdictOf(heldBack),
    },
    mnist,
    negatives: {
      count: falseAfter.length,
      falseBefore: falseBefore === undefined ? null : count(falseBefore),
      falseAfter: count(falseAfter),
      newlyFalse: count(falseAfter.map((now, index) => now && falseBefore?.[index] !== true)),
    },
    verifier: verifier === undefined ? null : await verifierFigures(tools, verifier),
    fixed: changes.filter(({ wasRight, isRight }) => wasRight === false && isRight).map(({ id }) => id),
    broken: changes.filter(({ wasRight, isRight }) => wasRight && !isRight).map(({ id }) => id),
  };
  const reasons = reasonsAgainst(figures);
  return { ...figures, passed: reasons.length === 0, reasons: [...reasons] };
}

/** A crop with what both models say of it. */
interface Compared {
  readonly id: string;
  /** Undefined without a base. */
  readonly wasRight: boolean | undefined;
  readonly isRight: boolean;
}

function changeOf({ id, label }: LabelledCrop, before: Opinion | undefined, [after]: Opinion): Compared {
  const wasRight = before === undefined ? undefined : before[0].label === label;
  return { id, wasRight, isRight: after.label === label };
}

const isFalse = ([{ label }]: Opinion): boolean => label !== NONE;

const count = (flags: readonly boolean[]): number => flags.filter(Boolean).length;
