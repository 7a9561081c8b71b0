import { InkError } from '@inkcast/shared/errors';
import type { TrainedNetwork } from '../checkpoint/portable/index.js';
import type { Tensor } from '../models/index.js';

/**
 * A network with the weighted mean of two networks' weights (Wortsman et al., "Model soups", 2022). One network was
 * fine-tuned from the other, or both from the same. The result is as fast as each of them.
 *
 * @param share of `one`, from 0 to 1; the rest is the other's
 * @throws InkError INK_CHECKPOINT_INVALID where their layers or labels differ
 */
export function averageWeights(one: TrainedNetwork, other: TrainedNetwork, share: number): TrainedNetwork {
  if (JSON.stringify([one.network, one.labels]) !== JSON.stringify([other.network, other.labels])) {
    throw new InkError('INK_CHECKPOINT_INVALID', 'Networks with different layers or labels cannot be averaged.', {
      remedy: 'Name the network that the run was fine-tuned from; both need the same classes.',
    });
  }
  const parameters = new Map<string, Tensor>();
  for (const [name, { shape, data }] of one.parameters) {
    const rest = other.parameters.get(name);
    if (rest === undefined) throw new InkError('INK_CHECKPOINT_INVALID', `Only one of the two networks has "${name}".`);
    parameters.set(name, { shape, data: data.map((value, at) => share * value + (1 - share) * rest.data[at]) });
  }
  return { ...one, parameters };
}
