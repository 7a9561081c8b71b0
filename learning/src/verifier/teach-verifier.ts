import type { LearnTask } from '@inkcast/shared/teaching';
import type { AddedVerifier } from '@inkcast/training/bundle/portable';
import { averageWeights } from '@inkcast/training/trainer/portable';
import { type Int8Model, samplePictures, verifierModelOf } from '../model/index.js';
import type { LearningTools } from '../tools/index.js';
import { recipeOf, tune, tuningFor, VERIFIER_TUNING } from '../tuning/index.js';
import { quantizeVerifier } from './quantize-verifier.js';
import type { VerifierLesson } from './verifier-lesson.js';

export interface VerifierTeaching {
  readonly signal: AbortSignal;
  /** Receives the share that is done. */
  readonly onProgress: (done: number) => void;
}

/** A verifier that has learned. */
export interface TaughtVerifier {
  readonly lesson: VerifierLesson;
  readonly model: Int8Model;
  readonly added: AddedVerifier;
}

/**
 * Trains the last layers of a verifier as those of the classifier are trained, averages the weights with the base's, quantizes
 * them, and compares the kernels with the integer reference.
 *
 * @throws InkError INK_QUANTIZE_FAILED, INK_VERIFY_FAILED, and as `tune` does
 */
export async function teachVerifier(
  tools: LearningTools,
  task: Pick<LearnTask, 'seed' | 'threads' | 'epochs'>,
  lesson: VerifierLesson,
  { signal, onProgress }: VerifierTeaching,
): Promise<TaughtVerifier> {
  const { seed, threads } = task;
  const tuning = tuningFor(task, VERIFIER_TUNING);
  const onStep = ({ done }: { readonly done: number }): void => onProgress(done);
  const tuned = await tune(tools, lesson.trained, lesson.train, { seed, threads, tuning, signal, onStep });
  const averaged = averageWeights(tuned, lesson.trained, tuning.share);
  const added = await quantizeVerifier(tools, lesson, averaged, recipeOf(task, tuning));
  tools.verify(added.model, samplePictures(lesson.train));
  return { lesson, added, model: verifierModelOf({ model: added.model, description: lesson.description }) };
}
