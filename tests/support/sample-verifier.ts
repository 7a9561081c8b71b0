import type { VerifierDescription } from '@inkcast/shared/bundle';
import type { AddedVerifier } from '@inkcast/training/bundle';
import { bytesOf, GraphBuilder, writeTflite } from '@inkcast/training/tflite';
import { quantized } from './sample-tflite.js';

export const VERIFIER_SIDE = 8;
export const SAMPLE_LABELS: readonly string[] = [...'0123456789', 'none', 'printed'];

/** A small int8 network: a picture of luma, and one dense layer that gives the logits of the labels. */
export function verifierModel(side = VERIFIER_SIDE): Uint8Array {
  const graph = new GraphBuilder();
  const count = SAMPLE_LABELS.length;
  const pixels = side * side;
  const tensor = (name: string, shape: number[], scale: number, zeroPoint: number, data?: Uint8Array): number =>
    graph.tensor({
      name,
      type: 'int8',
      shape,
      quantization: quantized(scale, zeroPoint),
      ...(data === undefined ? {} : { data }),
    });
  const input = tensor('picture', [1, side, side, 1], 1 / 255, -128);
  const values = Int8Array.from({ length: count * pixels }, (_, at) => ((at * 37) % 255) - 127);
  const weights = tensor('weights', [count, pixels], 0.005, 0, bytesOf(values));
  const biases = graph.ints('biases', [count], new Int32Array(count), quantized(0.005 / 255, 0));
  const logits = tensor('logits', [1, count], 0.05, 0);
  const flat = tensor('flat', [1, pixels], 1 / 255, -128);
  const shape = graph.ints('shape', [2], Int32Array.from([1, pixels]));
  graph.operator({ kind: 'reshape', inputs: [input, shape], outputs: [flat], newShape: [1, pixels] });
  graph.operator({
    kind: 'fullyConnected',
    inputs: [flat, weights, biases],
    outputs: [logits],
    activation: 'none',
    keepNumDims: false,
  });
  return writeTflite(graph.build({ name: 'main', description: 'verifier', inputs: [input], outputs: [logits] }));
}

/** What a manifest says of `verifierModel`. */
export function describeVerifier(changes: Partial<VerifierDescription> = {}): VerifierDescription {
  return {
    file: 'verifier.tflite',
    input: {
      shape: [1, VERIFIER_SIDE, VERIFIER_SIDE, 1],
      dtype: 'int8',
      scale: 1 / 255,
      zeroPoint: -128,
      range: [0, 1],
    },
    output: { shape: [1, SAMPLE_LABELS.length], dtype: 'int8', scale: 0.05, zeroPoint: 0 },
    labels: [...SAMPLE_LABELS],
    window: 2,
    parameters: 780,
    recipe: {},
    ...changes,
  };
}

/** `verifierModel` as it is put into a bundle. */
export const addedVerifier = (): AddedVerifier => ({
  model: verifierModel(),
  range: [0, 1],
  labels: [...SAMPLE_LABELS],
  window: 2,
  parameters: 780,
  recipe: {},
});
