import { SHARDS } from '../shards.js';
import type { Backward, Flow } from './flow.js';
import type { Group } from './group-layers.js';
import { inFirstShard, makeCall, SHARD_STEP } from './program.js';

type NormGroup = Extract<Group, { readonly kind: 'norm' }>;

/** A batch normalisation with the ReLU that follows it. */
export function lowerNorm(flow: Flow, group: NormGroup): Backward {
  const { builder } = flow;
  const { layer, relu } = group;
  const channels = builder.shape(layer.name).at(-1) ?? 1;
  const pixels = builder.size(layer.name) / channels;
  const input = flow.value(group.input);
  const output = flow.output(group.output);
  // Mean, variance, inverse deviation, scale and offset; the step reads them after the differentiation is done.
  const statistics = builder.shard(5 * channels * 4);
  const gamma = builder.weight(`${layer.name}/gamma`);
  const beta = builder.weight(`${layer.name}/beta`);
  const mean = builder.weight(`${layer.name}/movingMean`);
  const variance = builder.weight(`${layer.name}/movingVariance`);
  const { epsilon, momentum } = layer;
  const overShards = { shardStep: SHARD_STEP, shards: SHARDS } as const;
  const overBatch = { ...overShards, counts: builder.counts, pixels, channels };
  const usesBatch = flow.training && builder.isTrained(layer.name);

  if (usesBatch) {
    // Not transient: other shards read it at their own time.
    const sums = builder.shard(2 * channels * 8);
    builder.call('sumForNorm', { input, shift: mean, sums, pixels, channels });
    builder.barrier();
    const all = { ...overBatch, sums: inFirstShard(sums) };
    builder.call('finishNorm', { ...all, shift: mean, gamma, beta, epsilon, statistics });
    builder.movements.push((gate) =>
      makeCall('moveStatistics', { statistics, mean, variance, channels, momentum, gate }),
    );
  } else {
    builder.call('useMovingStatistics', { mean, variance, gamma, beta, channels, epsilon, statistics });
  }
  builder.call('applyNorm', { input, output, statistics, rows: pixels, channels, relu });

  return () => {
    const slopes = flow.gradient(group.output);
    const means = usesBatch ? gradientMeans() : 0;
    flow.contribute(group.input, (gradient) => {
      const rows = pixels;
      builder.call('applyNormGradient', { input, output, slopes, gradient, statistics, means, rows, channels, relu });
    });

    function gradientMeans() {
      const sums = builder.shard(2 * channels * 8);
      const buffer = builder.transient(2 * channels * 4);
      builder.call('sumForNormGradient', { input, output, slopes, statistics, sums, pixels, channels, relu });
      builder.reductions.push([
        makeCall('writeNormGradient', {
          ...overShards,
          sums: inFirstShard(sums),
          beta: builder.gradientOf(`${layer.name}/beta`),
          gamma: builder.gradientOf(`${layer.name}/gamma`),
          channels,
          squares: builder.squares(),
        }),
      ]);
      builder.barrier();
      builder.call('finishNormGradient', { ...overBatch, sums: inFirstShard(sums), means: buffer });
      return buffer;
    }
  };
}
