import type { OperatorKind, TfliteModel, TfliteOperator, TfliteTensor } from '@inkcast/shared/tflite-file';
import { operatorFaults } from './edge-tpu-operators.js';

/** The published rules of the Edge TPU (coral.ai/docs/edgetpu/models-intro), under names of our own. */
export type Rule =
  | 'supported-operator'
  | 'operator-limits'
  | 'eight-bit'
  | 'per-channel'
  | 'static-shape'
  | 'constant-parameters'
  | 'three-dimensions';

/** A rule that a model breaks. */
export interface Violation {
  readonly rule: Rule;
  /** The operator or tensor that breaks it. */
  readonly where: string;
  readonly reason: string;
}

type WeightedOperator = Extract<TfliteOperator, { readonly kind: 'conv2d' | 'depthwiseConv2d' | 'fullyConnected' }>;

const isWeighted = (operator: TfliteOperator): operator is WeightedOperator =>
  operator.kind === 'conv2d' || operator.kind === 'depthwiseConv2d' || operator.kind === 'fullyConnected';

/** All rules of the Edge TPU that a model breaks. An operator that breaks a rule, and all after it, would run on the CPU. */
export function checkEdgeTpu(model: TfliteModel): readonly Violation[] {
  const roles = tensorRoles(model);
  return [
    ...model.operators.flatMap((operator, position) => checkOperator(operator, position, model)),
    ...model.tensors.flatMap((tensor, index) => checkTensor(tensor, roles.get(index))),
  ];
}

function checkOperator(operator: TfliteOperator, position: number, model: TfliteModel): Violation[] {
  const where = `operator ${position} (${operator.kind}, "${model.tensors[operator.outputs[0]].name}")`;
  const faults = operatorFaults(operator, model.tensors).map(({ rule, reason }) => ({ rule, where, reason }));
  if (!isWeighted(operator)) return faults;
  const computed = operator.inputs.slice(1).filter((index) => index !== -1 && model.tensors[index].data === undefined);
  const reason = 'its weights and bias must be constant';
  return computed.length === 0 ? faults : [...faults, { rule: 'constant-parameters', where, reason }];
}

/** The role of a tensor for the operators that read it. */
type Role = 'filter' | 'bias' | 'settings';

/** Operators whose second input says how to compute, and holds no numbers of the network. */
const SETTINGS_SECOND: ReadonlySet<OperatorKind> = new Set(['reshape', 'mean', 'pad', 'resizeNearestNeighbor']);

function tensorRoles({ operators }: TfliteModel): ReadonlyMap<number, Role> {
  const roles = new Map<number, Role>();
  for (const operator of operators) {
    const [, second, third] = operator.inputs;
    if (isWeighted(operator)) {
      // A dense layer's filter has one scale.
      if (operator.kind !== 'fullyConnected') roles.set(second, 'filter');
      roles.set(third, 'bias');
    }
    if (SETTINGS_SECOND.has(operator.kind)) roles.set(second, 'settings');
  }
  return roles;
}

function checkTensor(tensor: TfliteTensor, role: Role | undefined): Violation[] {
  const { name, type, shape, shapeSignature, quantization, data } = tensor;
  const violations: Violation[] = [];
  const violate = (rule: Rule, reason: string): void => {
    violations.push({ rule, where: `tensor "${name}"`, reason });
  };
  const isEightBit = (type === 'int8' || type === 'uint8') && quantization !== undefined;
  const isInteger = type === 'int32' && (role === 'bias' || role === 'settings');
  if (!isEightBit && !isInteger)
    violate('eight-bit', `it is ${type}${quantization === undefined ? ', not quantized' : ''}`);
  if (quantization !== undefined && quantization.scales.length > 1 && role !== 'filter' && role !== 'bias') {
    violate('per-channel', `it has ${quantization.scales.length} scales, allowed for filters of convolutions only`);
  }
  if (shapeSignature?.includes(-1)) violate('static-shape', `its shape [${shapeSignature}] is not fixed`);
  if (data === undefined && shape.slice(0, -3).some((size) => size !== 1)) {
    violate('three-dimensions', `of its shape [${shape}] more than the innermost three sizes are above 1`);
  }
  return violations;
}
