import type { AddedVerifier } from '@inkcast/training/bundle/portable';
import { encodeWeights, type TrainedNetwork } from '@inkcast/training/checkpoint/portable';
import { type Dataset, subset } from '@inkcast/training/data/portable';
import { networkCost } from '@inkcast/training/models';
import { Random } from '@inkcast/training/random';
import { writeTflite } from '@inkcast/training/tflite';
import type { LearningTools } from '../tools/index.js';
import type { recipeOf } from '../tuning/index.js';
import type { VerifierLesson } from './verifier-lesson.js';

/** Pictures for the ranges of the values. */
const CALIBRATION_PICTURES = 300;

/**
 * A taught verifier for a bundle, in int8. It ends in logits, as the judgement needs them.
 *
 * @param recipe how its weights were made
 * @throws InkError INK_QUANTIZE_FAILED
 */
export async function quantizeVerifier(
  tools: Pick<LearningTools, 'quantize'>,
  { description, train, replayFile }: VerifierLesson,
  taught: TrainedNetwork,
  recipe: ReturnType<typeof recipeOf>,
): Promise<AddedVerifier> {
  const { network, parameters } = taught;
  const logits = { ...network, layers: network.layers.slice(0, -1) };
  const { images } = drawn(train, recipe.seed);
  const { quantized } = await tools.quantize({ network: logits, parameters }, images, { method: 'min-max' });
  const { labels, window, input } = description;
  const { parameters: count, macs } = networkCost(network);
  return {
    ...{ labels, window, range: input.range, parameters: count, multiplications: macs },
    model: writeTflite(quantized),
    recipe: { ...description.recipe, taught: { ...recipe, augmentation: [...recipe.augmentation] } },
    learning: { weights: encodeWeights(taught), replay: replayFile },
  };
}

function drawn(dataset: Dataset, seed: number): Dataset {
  const order = Uint32Array.from(dataset.labels, (_, index) => index);
  new Random(seed).shuffle(order);
  return subset(dataset, order.subarray(0, CALIBRATION_PICTURES));
}
