import { InkError } from '@inkcast/shared/errors';
import type { OperatorKind, TensorQuantization, TfliteModel } from '@inkcast/shared/tflite-file';
import { asymmetric, perTensor, type Range } from './affine.js';

/** Bytes of ink from 0 (none) to 255 (full) mean 0 to 1. The model's input is the byte minus 128. */
export const INPUT_QUANTIZATION = perTensor(1 / 255, -128);
/** Probabilities; the specification fixes this for SOFTMAX and LOGISTIC. */
export const PROBABILITY_QUANTIZATION = perTensor(1 / 256, -128);

/** HARD_SWISH computes with this number of steps per input step, and refuses an output with a finer scale. */
const HARD_SWISH_STEPS = 128;

/** Operators that pass values on as they are: their output has their input's quantization. */
const PASSING: ReadonlySet<OperatorKind> = new Set([
  'maxPool2d',
  'averagePool2d',
  'reshape',
  'resizeNearestNeighbor',
  'pad',
]);

/**
 * The int8 quantization of every input and computed tensor. The specification fixes it for some tensors. For the others, it
 * spans the calibrated range of all tensors that must share a quantization.
 *
 * @param ranges by tensor index
 * @throws InkError INK_QUANTIZE_FAILED where a tensor has no usable range
 */
export function assignScales(
  model: TfliteModel,
  ranges: ReadonlyMap<number, Range>,
): ReadonlyMap<number, TensorQuantization> {
  const fixed = new Map<number, TensorQuantization>(model.inputs.map((input) => [input, INPUT_QUANTIZATION]));
  const groups = new Groups();
  for (const { kind, inputs, outputs } of model.operators) {
    if (kind === 'softmax' || kind === 'logistic') fixed.set(outputs[0], PROBABILITY_QUANTIZATION);
    if (PASSING.has(kind)) groups.join(inputs[0], outputs[0]);
  }
  const fixedGroups = new Map([...fixed].map(([tensor, quantization]) => [groups.of(tensor), quantization]));
  for (const { kind, inputs, outputs } of model.operators) {
    if (kind !== 'concatenation') continue;
    // An input whose quantization is fixed is requantized on its way in; the others share the output's.
    for (const input of inputs) if (!fixedGroups.has(groups.of(input))) groups.join(input, outputs[0]);
  }
  const computed = [...model.inputs, ...model.operators.flatMap((operator) => operator.outputs)];
  const spans = new Map<number, Range>();
  for (const tensor of computed) {
    const group = groups.of(tensor);
    spans.set(group, union(spans.get(group), rangeOf(model, ranges, tensor)));
  }
  const shared = new Map([...spans].map(([group, range]) => [group, asymmetric(range)]));
  for (const [tensor, quantization] of fixed) shared.set(groups.of(tensor), quantization);
  const scaleOf = (tensor: number): TensorQuantization => shared.get(groups.of(tensor)) ?? PROBABILITY_QUANTIZATION;
  for (const { kind, inputs, outputs } of model.operators) {
    if (kind !== 'hardSwish') continue;
    const least = scaleOf(inputs[0]).scales[0] / HARD_SWISH_STEPS;
    if (scaleOf(outputs[0]).scales[0] > least) continue;
    // One step more than the 255 of a range keeps clear of the limit itself.
    const { min } = spans.get(groups.of(outputs[0])) ?? { min: 0 };
    shared.set(groups.of(outputs[0]), asymmetric({ min, max: min + 256 * least }));
  }
  return new Map(computed.map((tensor) => [tensor, scaleOf(tensor)]));
}

function rangeOf(model: TfliteModel, ranges: ReadonlyMap<number, Range>, tensor: number): Range {
  const range = ranges.get(tensor);
  if (range !== undefined && Number.isFinite(range.min) && Number.isFinite(range.max) && range.min <= range.max) {
    return range;
  }
  const { name } = model.tensors[tensor];
  throw new InkError('INK_QUANTIZE_FAILED', `Calibration found no range of numbers for "${name}".`);
}

const union = (a: Range | undefined, b: Range): Range =>
  a === undefined ? b : { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };

/** Tensors that share one quantization; each group is known by one of its tensors. */
class Groups {
  readonly #parents = new Map<number, number>();

  of(tensor: number): number {
    const parent = this.#parents.get(tensor);
    return parent === undefined ? tensor : this.of(parent);
  }

  join(a: number, b: number): void {
    const [left, right] = [this.of(a), this.of(b)];
    if (left !== right) this.#parents.set(right, left);
  }
}
