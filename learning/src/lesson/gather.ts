import { areDigits, type Bundle, WEIGHTS_FILE } from '@inkcast/shared/bundle/content';
import { InkError } from '@inkcast/shared/errors';
import { type LabelledCrop, type LabelledCrops, type LearnTask, NONE } from '@inkcast/shared/teaching';
import { decodeWeights, type TrainedNetwork } from '@inkcast/training/checkpoint/portable';
import { parseReplay, type ReplaySet } from '@inkcast/training/replay/portable';
import { type Int8Model, int8ModelOf } from '../model/index.js';
import { secondLook } from '../second-look/index.js';
import type { LearningTools } from '../tools/index.js';
import { type VerifierLesson, verifierLesson } from '../verifier/index.js';
import { checkCount } from './check-task.js';
import { type LearningSet, learningSet } from './learning-set.js';
import { type TestSet, type TestSetOptions, testSetFor } from './test-set.js';

/** What is learned from, and from whom. */
export interface LessonInput {
  readonly bundle: Bundle;
  readonly labelled: LabelledCrops;
  /** SHA-256 of the file of labelled crops. */
  readonly labelsSha256: string;
  readonly classes?: LearnTask['classes'];
  /** MNIST's test pictures; undefined if the machine has none: then the replay set's are used. */
  readonly testPictures: TestSetOptions['testPictures'];
}

/** What is learned from, checked and completed. */
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
export async function gather(tools: LearningTools, input: LessonInput): Promise<Material> {
  const { bundle, labelled, labelsSha256, testPictures } = input;
  const replay = replayOf(bundle, tools);
  const base = int8ModelOf(bundle);
  const { classes, isOther } = classesFor(input, bundle);
  const doubts = isOther ? [] : await secondLook(tools, base, labelled.crops);
  const doubted = new Set(doubts.map(({ id }) => id));
  const crops = labelled.crops.filter(({ id, label }) => !doubted.has(id) && classes.includes(label));
  const learned = crops.filter(({ heldBack }) => !heldBack);
  checkCount(learned, isOther ? classes : []);
  const set = learningSet(replay, learned, classes, isOther);
  const testSet = await testSetFor({ replay, crops, negatives: set.negatives, classes, isOther, testPictures });
  const trained = weightsOf(bundle);
  // A verifier knows digits only.
  const verifier = isOther ? undefined : verifierLesson(tools, bundle, crops);
  const known = { bundle, base, trained, classes, isOther, crops, learned, verifier };
  return { ...set, ...known, labelsSha256, testSet };
}

/**
 * The base's labels, where they have all classes that are asked for; otherwise those, and `none`. A base of other classes
 * than digits learns anew, too: there is no replay set of its classes.
 */
function classesFor(
  { classes: given }: Pick<LessonInput, 'classes'>,
  { manifest }: Bundle,
): { readonly classes: readonly string[]; readonly isOther: boolean } {
  const asked = given ?? manifest.labels;
  const isOther = !areDigits(manifest.labels) || asked.some((name) => !manifest.labels.includes(name));
  const classes = isOther ? [...asked.filter((name) => name !== NONE), NONE] : manifest.labels;
  return { classes, isOther };
}

function replayOf({ folder, manifest, replay }: Bundle, { decompress }: LearningTools): ReplaySet {
  if (replay !== undefined && manifest.replay !== undefined) {
    return parseReplay(replay, manifest.replay.file, decompress);
  }
  throw new InkError('INK_REPLAY_MISSING', `The bundle ${folder} has no replay set.`);
}

function weightsOf({ folder, files }: Bundle): TrainedNetwork {
  const weights = files.get(WEIGHTS_FILE);
  if (weights !== undefined) return decodeWeights(weights, `${folder}/${WEIGHTS_FILE}`);
  throw new InkError('INK_BUNDLE_INVALID', `The bundle ${folder} holds no float weights (${WEIGHTS_FILE}).`, {
    remedy: 'Use a bundle that keeps them.',
  });
}
