import type { BatchNormLayer } from '../../models/index.js';
import type { Operation, Pass } from './operation.js';

/**
 * Ioffe and Szegedy, "Batch Normalization", 2015: output = gamma * (input - mean) / sqrt(variance + epsilon) + beta, per
 * channel. While training mean and (biased) variance are the batch's, and the moving ones follow them.
 *
 * @param frozen uses the moving statistics even while training
 */
export function batchNorm(layer: BatchNormLayer, channels: number, frozen: boolean): Operation {
  const statistics = (pass: Pass, input: Float64Array) =>
    pass.training && !frozen
      ? batchStatistics(input, channels)
      : {
          mean: Float64Array.from(pass.parameter(`${layer.name}/movingMean`)),
          variance: Float64Array.from(pass.parameter(`${layer.name}/movingVariance`)),
        };
  const follow = (pass: Pass, part: string, batch: Float64Array) => {
    const old = pass.parameter(`${layer.name}/${part}`);
    const { momentum } = layer;
    pass.observe(
      `${layer.name}/${part}`,
      batch.map((value, channel) => momentum * old[channel] + (1 - momentum) * value),
    );
  };
  return {
    forward(pass, [input]) {
      const { mean, variance } = statistics(pass, input);
      if (pass.training && !frozen) {
        follow(pass, 'movingMean', mean);
        follow(pass, 'movingVariance', variance);
      }
      const gamma = pass.parameter(`${layer.name}/gamma`);
      const beta = pass.parameter(`${layer.name}/beta`);
      const scale = variance.map((value, channel) => gamma[channel] / Math.sqrt(value + layer.epsilon));
      return input.map((value, index) => {
        const channel = index % channels;
        return (value - mean[channel]) * scale[channel] + beta[channel];
      });
    },

    backward(pass, [input], _output, gradient) {
      const { mean, variance } = statistics(pass, input);
      const gamma = pass.parameter(`${layer.name}/gamma`);
      const inverse = variance.map((value) => 1 / Math.sqrt(value + layer.epsilon));
      const normalized = input.map((value, index) => (value - mean[index % channels]) * inverse[index % channels]);
      const byBeta = new Float64Array(channels);
      const byGamma = new Float64Array(channels);
      for (let index = 0; index < gradient.length; index++) {
        byBeta[index % channels] += gradient[index];
        byGamma[index % channels] += gradient[index] * normalized[index];
      }
      addTo(pass.gradient(`${layer.name}/beta`), byBeta);
      addTo(pass.gradient(`${layer.name}/gamma`), byGamma);
      const rows = pass.training && !frozen ? input.length / channels : Number.POSITIVE_INFINITY;
      return [
        gradient.map((slope, index) => {
          const channel = index % channels;
          const centred = slope - byBeta[channel] / rows - (normalized[index] * byGamma[channel]) / rows;
          return gamma[channel] * inverse[channel] * centred;
        }),
      ];
    },
  };
}

function batchStatistics(input: Float64Array, channels: number): { mean: Float64Array; variance: Float64Array } {
  const rows = input.length / channels;
  const mean = new Float64Array(channels);
  for (let index = 0; index < input.length; index++) mean[index % channels] += input[index] / rows;
  const variance = new Float64Array(channels);
  for (let index = 0; index < input.length; index++) {
    variance[index % channels] += (input[index] - mean[index % channels]) ** 2 / rows;
  }
  return { mean, variance };
}

function addTo(sum: Float64Array | undefined, values: Float64Array): void {
  if (sum === undefined) return;
  for (let index = 0; index < sum.length; index++) sum[index] += values[index];
}
