import { areDigits, type Bundle, openBundle } from '@inkcast/shared/bundle';
import { type LabelledCrop, type LearnTask, NONE } from '@inkcast/shared/teaching';
import type { TrainedNetwork } from '@inkcast/training/checkpoint';
import { replayOf } from '@inkcast/training/replay';
import { openTrained } from '@inkcast/training/trainer';
import { readCrops } from '../crops/index.js';
import { type Int8Model, int8ModelOf } from '../model/index.js';
import { secondLook } from '../second-look/index.js';
import { type VerifierLesson, verifierLesson } from '../verifier/index.js';
import { checkCount } from './check-task.js';
import { type LearningSet, learningSet } from './learning-set.js';
import { type TestSet, type TestSetOptions, testSetFor } from './test-set.js';

/** All that a task names, read and checked. */
export interface Material extends LearningSet {
  readonly bundle: Bundle;
  readonly base: Int8Model;
  readonly trained: TrainedNetwork;
  /** The labels of the candidate. */
  readonly classes: readonly string[];
  /** Whether they are others than the base's. */
  readonly isOther: boolean;
  /** The labelled crops without those that the base contradicts, and those of them that are learned from. */
  readonly crops: readonly LabelledCrop[];
  readonly learned: readonly LabelledCrop[];
  readonly labelsSha256: string;
  readonly testSet: TestSet;
  /** Undefined if only the classifier learns. */
  readonly verifier: VerifierLesson | undefined;
}

/** @throws InkError INK_LEARNING_TOO_FEW, INK_REPLAY_MISSING, or what is wrong with the bundle or the crops */
export async function gather(task: LearnTask, testPictures: TestSetOptions['testPictures']): Promise<Material> {
  const bundle = await openBundle(task.base);
  const replay = replayOf(bundle);
  const base = int8ModelOf(bundle);
  const labelled = await readCrops(task.crops);
  const { classes, isOther } = classesFor(task, bundle);
  const doubts = isOther ? [] : await secondLook(base, labelled.crops);
  const doubted = new Set(doubts.map(({ id }) => id));
  const crops = labelled.crops.filter(({ id, label }) => !doubted.has(id) && classes.includes(label));
  const learned = crops.filter(({ heldBack }) => !heldBack);
  checkCount(learned, isOther ? classes : []);
  const set = learningSet(replay, learned, classes, isOther);
  const testSet = await testSetFor({ replay, crops, negatives: set.negatives, classes, isOther, testPictures });
  const trained = await openTrained(task.base);
  // A verifier knows digits only.
  const verifier = isOther ? undefined : verifierLesson(bundle, crops);
  const known = { bundle, base, trained, classes, isOther, crops, learned, verifier };
  return { ...set, ...known, labelsSha256: labelled.sha256, testSet };
}

/**
 * The base's labels, where they have all classes that are asked for; otherwise those, and `none`. A base of other classes
 * than digits learns anew, too: there is no replay set of its classes.
 */
function classesFor(
  { classes: given }: LearnTask,
  { manifest }: Bundle,
): { readonly classes: readonly string[]; readonly isOther: boolean } {
  const asked = given ?? manifest.labels;
  const isOther = !areDigits(manifest.labels) || asked.some((name) => !manifest.labels.includes(name));
  const classes = isOther ? [...asked.filter((name) => name !== NONE), NONE] : manifest.labels;
  return { classes, isOther };
}
