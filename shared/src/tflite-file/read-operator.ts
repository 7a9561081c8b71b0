import type { FlatbufferTable } from './flatbuffer-table.js';
import { invalid, unsupported } from './invalid.js';
import type { FusedActivation, OperatorKind, TfliteOperator, TflitePadding } from './model.js';
import { activationName, operatorName } from './names.js';
import {
  ACTIVATION,
  ADD_OPTIONS,
  BUILTIN_OPERATOR,
  CONCATENATION_OPTIONS,
  CONV_2D_OPTIONS,
  DEPTHWISE_CONV_2D_OPTIONS,
  FULLY_CONNECTED_OPTIONS,
  LEAKY_RELU_OPTIONS,
  MUL_OPTIONS,
  OPERATOR,
  OPERATOR_CODE,
  OPTIONS_TYPE,
  PADDING,
  POOL_2D_OPTIONS,
  REDUCER_OPTIONS,
  RESHAPE_OPTIONS,
  RESIZE_NEAREST_NEIGHBOR_OPTIONS,
  SOFTMAX_OPTIONS,
} from './schema.js';

/** An entry of the model's table of operator codes. */
export interface OperatorCode {
  readonly kind: OperatorKind;
  readonly version: number;
  /** The name of a custom operator. */
  readonly custom: string;
}

const KINDS = namesByNumber(BUILTIN_OPERATOR);
const PADDINGS = namesByNumber(PADDING);
const ACTIVATIONS = namesByNumber(ACTIVATION);

/** @throws InkError INK_TFLITE_UNSUPPORTED naming every operator that Inkcast does not support */
export function readOperatorCodes(tables: readonly FlatbufferTable[]): OperatorCode[] {
  const unknown = new Set<string>();
  const codes = tables.flatMap((table) => {
    // Files from before the code had 32 bits hold it only in the deprecated field, so the larger of both fields counts.
    const code = Math.max(table.int8(OPERATOR_CODE.deprecatedBuiltinCode), table.int32(OPERATOR_CODE.builtinCode));
    const kind = KINDS.get(code);
    if (kind === undefined) {
      unknown.add(operatorName(code));
      return [];
    }
    return { kind, version: table.int32(OPERATOR_CODE.version, 1), custom: table.string(OPERATOR_CODE.customCode) };
  });
  if (unknown.size === 0) return codes;
  const what = unknown.size === 1 ? 'the operator' : 'the operators';
  throw unsupported(`uses ${what} ${[...unknown].join(', ')}, which Inkcast does not know`);
}

/** @param name the operator's name in messages */
export function readOperator(table: FlatbufferTable, codes: readonly OperatorCode[], name: string): TfliteOperator {
  const code = codes[table.uint32(OPERATOR.codeIndex)];
  if (code === undefined) throw invalid(`${name} has no operator code`);
  const { kind, version, custom } = code;
  const base = {
    inputs: [...table.int32s(OPERATOR.inputs)],
    outputs: [...table.int32s(OPERATOR.outputs)],
    version,
  };
  if (table.int32s(OPERATOR.intermediates).length > 0) throw unsupported(`has intermediate tensors at ${name}`);
  const options = new Options(table, `${name} (${kind})`);
  switch (kind) {
    case 'conv2d':
      return {
        ...base,
        kind,
        ...options.window(OPTIONS_TYPE.conv2d, CONV_2D_OPTIONS),
        ...options.dilations(CONV_2D_OPTIONS),
      };
    case 'depthwiseConv2d':
      return {
        ...base,
        kind,
        ...options.window(OPTIONS_TYPE.depthwiseConv2d, DEPTHWISE_CONV_2D_OPTIONS),
        ...options.dilations(DEPTHWISE_CONV_2D_OPTIONS),
        depthMultiplier: options.get().int32(DEPTHWISE_CONV_2D_OPTIONS.depthMultiplier),
      };
    case 'maxPool2d':
    case 'averagePool2d': {
      const window = options.window(OPTIONS_TYPE.pool2d, POOL_2D_OPTIONS);
      const { filterHeight, filterWidth } = POOL_2D_OPTIONS;
      return {
        ...base,
        kind,
        ...window,
        filter: [options.get().int32(filterHeight), options.get().int32(filterWidth)],
      };
    }
    case 'fullyConnected': {
      const table = options.get(OPTIONS_TYPE.fullyConnected);
      if (table.int8(FULLY_CONNECTED_OPTIONS.weightsFormat) !== 0) throw unsupported(`has shuffled weights at ${name}`);
      const keepNumDims = table.bool(FULLY_CONNECTED_OPTIONS.keepNumDims);
      return { ...base, kind, activation: options.activation(FULLY_CONNECTED_OPTIONS.activation), keepNumDims };
    }
    case 'mean':
      return { ...base, kind, keepDims: options.get(OPTIONS_TYPE.reducer).bool(REDUCER_OPTIONS.keepDims) };
    case 'add':
      options.get(OPTIONS_TYPE.add);
      return { ...base, kind, activation: options.activation(ADD_OPTIONS.activation) };
    case 'mul':
      options.get(OPTIONS_TYPE.mul);
      return { ...base, kind, activation: options.activation(MUL_OPTIONS.activation) };
    case 'reshape':
      return { ...base, kind, newShape: options.newShape() };
    case 'softmax':
      return { ...base, kind, beta: options.get(OPTIONS_TYPE.softmax).float32(SOFTMAX_OPTIONS.beta) };
    case 'leakyRelu':
      return { ...base, kind, alpha: options.get(OPTIONS_TYPE.leakyRelu).float32(LEAKY_RELU_OPTIONS.alpha) };
    case 'concatenation': {
      const axis = options.get(OPTIONS_TYPE.concatenation).int32(CONCATENATION_OPTIONS.axis);
      return { ...base, kind, axis, activation: options.activation(CONCATENATION_OPTIONS.activation) };
    }
    case 'resizeNearestNeighbor': {
      const table = options.get(OPTIONS_TYPE.resizeNearestNeighbor);
      const { alignCorners, halfPixelCenters } = RESIZE_NEAREST_NEIGHBOR_OPTIONS;
      if (table.bool(alignCorners) || table.bool(halfPixelCenters)) throw unsupported(`aligns pixels at ${name}`);
      return { ...base, kind };
    }
    case 'custom':
      return { ...base, kind, code: custom, options: table.bytes(OPERATOR.customOptions) ?? new Uint8Array() };
    default:
      return { ...base, kind };
  }
}

/** The options of one operator, which must have the operator's own type. */
class Options {
  readonly #operator: FlatbufferTable;
  readonly #name: string;
  #table: FlatbufferTable | undefined;

  constructor(operator: FlatbufferTable, name: string) {
    this.#operator = operator;
    this.#name = name;
  }

  /** The table of options. The first call must pass `type`. */
  get(type?: number): FlatbufferTable {
    if (this.#table === undefined) {
      const found = this.#operator.uint8(OPERATOR.optionsType);
      const table = found === type ? this.#operator.table(OPERATOR.options) : undefined;
      if (table === undefined) throw invalid(`${this.#name} lacks its options`);
      this.#table = table;
    }
    return this.#table;
  }

  /** The shape in the options is optional; the second input counts. */
  newShape(): readonly number[] {
    if (this.#operator.uint8(OPERATOR.optionsType) !== OPTIONS_TYPE.reshape) return [];
    return [...this.get(OPTIONS_TYPE.reshape).int32s(RESHAPE_OPTIONS.newShape)];
  }

  window(
    type: number,
    slots: {
      readonly padding: number;
      readonly strideHeight: number;
      readonly strideWidth: number;
      readonly activation: number;
    },
  ): { padding: TflitePadding; strides: readonly [number, number]; activation: FusedActivation } {
    const table = this.get(type);
    const padding = PADDINGS.get(table.int8(slots.padding));
    if (padding === undefined) throw invalid(`${this.#name} has an unknown padding`);
    const strides = [table.int32(slots.strideHeight), table.int32(slots.strideWidth)] as const;
    return { padding, strides, activation: this.activation(slots.activation) };
  }

  dilations(slots: { readonly dilationHeight: number; readonly dilationWidth: number }): {
    dilations: readonly [number, number];
  } {
    return { dilations: [this.get().int32(slots.dilationHeight, 1), this.get().int32(slots.dilationWidth, 1)] };
  }

  activation(slot: number): FusedActivation {
    const number = this.get().int8(slot);
    const activation = ACTIVATIONS.get(number);
    if (activation === undefined) {
      throw unsupported(`fuses the activation ${activationName(number)} at ${this.#name}, which Inkcast does not know`);
    }
    return activation;
  }
}

function namesByNumber<const Names extends Readonly<Record<string, number>>>(
  numbers: Names,
): ReadonlyMap<number, keyof Names> {
  const names = new Map<number, keyof Names>();
  for (const name in numbers) names.set(numbers[name], name);
  return names;
}
