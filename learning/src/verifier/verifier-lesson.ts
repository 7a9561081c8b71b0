import type { Bundle, VerifierDescription } from '@inkcast/shared/bundle/content';
import type { LabelledCrop } from '@inkcast/shared/teaching';
import { decodeWeights, type TrainedNetwork } from '@inkcast/training/checkpoint/portable';
import type { Dataset } from '@inkcast/training/data/portable';
import { joinDatasets, parseVerifierReplay, type VerifierReplay } from '@inkcast/training/replay/portable';
import { aroundDataset, isSeenBy, repeated, type SeenCrop } from '../crops/index.js';
import { type Int8Model, verifierModelOf } from '../model/index.js';
import type { LearningTools } from '../tools/index.js';

/** With fewer crops to learn from, only the classifier learns. */
const MIN_CROPS = 10;

/** What a verifier learns from, and what it is held against. */
export interface VerifierLesson {
  readonly description: VerifierDescription;
  readonly base: Int8Model;
  readonly trained: TrainedNetwork;
  readonly replay: VerifierReplay;
  /** The bytes of the replay set. */
  readonly replayFile: Uint8Array;
  /** The labelled crops that it sees, with those that are held back. */
  readonly crops: readonly SeenCrop[];
  /** Those to learn from, with the replay set. */
  readonly train: Dataset;
}

/**
 * The lesson for the verifier of a bundle; undefined where it cannot be taught: the bundle has none, or one that does not
 * learn, or what is around the crops is not known.
 *
 * @throws InkError INK_DATASET_INVALID, INK_CHECKPOINT_INVALID where the bundle's files for it are damaged
 */
export function verifierLesson(
  { decompress }: Pick<LearningTools, 'decompress'>,
  { verifier }: Bundle,
  labelled: readonly LabelledCrop[],
): VerifierLesson | undefined {
  const { description, learning } = verifier ?? {};
  if (verifier === undefined || learning === undefined || description?.learning === undefined) return undefined;
  const crops = labelled.filter((crop) => isSeenBy(description, crop));
  const learned = crops.filter(({ heldBack }) => !heldBack);
  if (learned.length < MIN_CROPS) return undefined;
  const replay = parseVerifierReplay(learning.replay, description.learning.replay, decompress);
  const own = aroundDataset(learned, description);
  return {
    description,
    base: verifierModelOf(verifier),
    trained: decodeWeights(learning.weights, description.learning.weights),
    replay,
    replayFile: learning.replay,
    crops,
    train: joinDatasets('around labels and replay', description.labels, [replay.learn, ...repeated(own)]),
  };
}
