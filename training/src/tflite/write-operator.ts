import { schema, type TfliteOperator } from '@inkcast/shared/tflite-file';
import type { Builder, Offset } from 'flatbuffers';
import { bool, type Field, float32, int8, int32, offset, writeBytes, writeInt32s, writeTable } from './table-writer.js';

const { ACTIVATION, OPERATOR, OPTIONS_TYPE, PADDING } = schema;

/** The table of one operator. @param codeIndex its place among the model's operator codes */
export function writeOperator(builder: Builder, operator: TfliteOperator, codeIndex: number): Offset {
  const inputs = writeInt32s(builder, operator.inputs);
  const outputs = writeInt32s(builder, operator.outputs);
  const custom = operator.kind === 'custom' ? writeBytes(builder, operator.options, 16) : undefined;
  const options = optionsOf(builder, operator);
  const table = options === undefined ? undefined : writeTable(builder, options.fields);
  return writeTable(builder, [
    int32(OPERATOR.codeIndex, codeIndex),
    offset(OPERATOR.inputs, inputs),
    offset(OPERATOR.outputs, outputs),
    int8(OPERATOR.optionsType, options?.type ?? OPTIONS_TYPE.none),
    offset(OPERATOR.options, table),
    offset(OPERATOR.customOptions, custom),
  ]);
}

interface Options {
  readonly type: number;
  readonly fields: readonly Field[];
}

function optionsOf(builder: Builder, operator: TfliteOperator): Options | undefined {
  switch (operator.kind) {
    case 'conv2d':
      return {
        type: OPTIONS_TYPE.conv2d,
        fields: [
          ...windowFields(schema.CONV_2D_OPTIONS, operator),
          ...dilationFields(schema.CONV_2D_OPTIONS, operator),
        ],
      };
    case 'depthwiseConv2d':
      return {
        type: OPTIONS_TYPE.depthwiseConv2d,
        fields: [
          ...windowFields(schema.DEPTHWISE_CONV_2D_OPTIONS, operator),
          ...dilationFields(schema.DEPTHWISE_CONV_2D_OPTIONS, operator),
          int32(schema.DEPTHWISE_CONV_2D_OPTIONS.depthMultiplier, operator.depthMultiplier),
        ],
      };
    case 'maxPool2d':
    case 'averagePool2d':
      return {
        type: OPTIONS_TYPE.pool2d,
        fields: [
          ...windowFields(schema.POOL_2D_OPTIONS, operator),
          int32(schema.POOL_2D_OPTIONS.filterHeight, operator.filter[0]),
          int32(schema.POOL_2D_OPTIONS.filterWidth, operator.filter[1]),
        ],
      };
    case 'fullyConnected':
      return {
        type: OPTIONS_TYPE.fullyConnected,
        fields: [
          int8(schema.FULLY_CONNECTED_OPTIONS.activation, ACTIVATION[operator.activation]),
          bool(schema.FULLY_CONNECTED_OPTIONS.keepNumDims, operator.keepNumDims),
        ],
      };
    case 'mean':
      return { type: OPTIONS_TYPE.reducer, fields: [bool(schema.REDUCER_OPTIONS.keepDims, operator.keepDims)] };
    case 'add':
      return { type: OPTIONS_TYPE.add, fields: [int8(schema.ADD_OPTIONS.activation, ACTIVATION[operator.activation])] };
    case 'mul':
      return { type: OPTIONS_TYPE.mul, fields: [int8(schema.MUL_OPTIONS.activation, ACTIVATION[operator.activation])] };
    case 'reshape': {
      const newShape = writeInt32s(builder, operator.newShape);
      return { type: OPTIONS_TYPE.reshape, fields: [offset(schema.RESHAPE_OPTIONS.newShape, newShape)] };
    }
    case 'softmax':
      return { type: OPTIONS_TYPE.softmax, fields: [float32(schema.SOFTMAX_OPTIONS.beta, operator.beta)] };
    case 'leakyRelu':
      return { type: OPTIONS_TYPE.leakyRelu, fields: [float32(schema.LEAKY_RELU_OPTIONS.alpha, operator.alpha)] };
    case 'concatenation':
      return {
        type: OPTIONS_TYPE.concatenation,
        fields: [
          int32(schema.CONCATENATION_OPTIONS.axis, operator.axis),
          int8(schema.CONCATENATION_OPTIONS.activation, ACTIVATION[operator.activation]),
        ],
      };
    case 'pad':
      return { type: OPTIONS_TYPE.pad, fields: [] };
    case 'resizeNearestNeighbor':
      return { type: OPTIONS_TYPE.resizeNearestNeighbor, fields: [] };
    default:
      return undefined;
  }
}

type WindowOperator = Extract<TfliteOperator, { readonly strides: unknown }>;
type DilatedOperator = Extract<TfliteOperator, { readonly dilations: unknown }>;

const windowFields = (
  slots: Readonly<Record<'padding' | 'strideHeight' | 'strideWidth' | 'activation', number>>,
  { padding, strides, activation }: WindowOperator,
): Field[] => [
  int8(slots.padding, PADDING[padding]),
  int32(slots.strideHeight, strides[0]),
  int32(slots.strideWidth, strides[1]),
  int8(slots.activation, ACTIVATION[activation]),
];

const dilationFields = (
  slots: Readonly<Record<'dilationHeight' | 'dilationWidth', number>>,
  { dilations }: DilatedOperator,
): Field[] => [int32(slots.dilationHeight, dilations[0], 1), int32(slots.dilationWidth, dilations[1], 1)];
