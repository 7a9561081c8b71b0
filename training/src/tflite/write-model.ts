import {
  checkModel,
  schema,
  type TensorQuantization,
  type TfliteModel,
  type TfliteOperator,
  type TfliteSignature,
  type TfliteTensor,
} from '@inkcast/shared/tflite-file';
import { Builder, type Offset } from 'flatbuffers';
import {
  int8,
  int32,
  offset,
  writeBytes,
  writeFloat32s,
  writeInt32s,
  writeInt64s,
  writeOffsets,
  writeTable,
} from './table-writer.js';
import { writeOperator } from './write-operator.js';

const { BUFFER, BUILTIN_OPERATOR, METADATA, MODEL, OPERATOR_CODE, QUANTIZATION, SIGNATURE, SUBGRAPH, TENSOR } = schema;

/** Constant tensors begin at multiples of this in the file (`force_align` of the schema), so kernels may map them. */
const BUFFER_ALIGNMENT = 16;
/** Operator numbers up to here also stand in the 8-bit field that older runtimes read. */
const LAST_8_BIT_OPERATOR = 127;

/**
 * The bytes of a .tflite file. `readTflite` gives back an equal model.
 *
 * @throws InkError INK_TFLITE_INVALID where the model's graph cannot be run
 */
export function writeTflite(model: TfliteModel): Uint8Array {
  checkModel(model);
  const builder = new Builder(64 * 1024);
  const buffers = new BufferTable(builder);
  const tensors = model.tensors.map((tensor) => writeTensor(builder, tensor, buffers.add(tensor.data)));
  const metadata = [...model.metadata].map(([name, bytes]) => writeMetadata(builder, name, buffers.add(bytes)));
  const codes = new OperatorCodes();
  const operators = model.operators.map((operator) => writeOperator(builder, operator, codes.indexOf(operator)));
  const graph = writeTable(builder, [
    offset(SUBGRAPH.tensors, writeOffsets(builder, tensors)),
    offset(SUBGRAPH.inputs, writeInt32s(builder, model.inputs)),
    offset(SUBGRAPH.outputs, writeInt32s(builder, model.outputs)),
    offset(SUBGRAPH.operators, writeOffsets(builder, operators)),
    offset(SUBGRAPH.name, builder.createString(model.name)),
  ]);
  const signatures = model.signatures.map((signature) => writeSignature(builder, signature));
  const root = writeTable(builder, [
    int32(MODEL.version, schema.SCHEMA_VERSION),
    offset(MODEL.operatorCodes, codes.write(builder)),
    offset(MODEL.subgraphs, writeOffsets(builder, [graph])),
    offset(MODEL.description, builder.createString(model.description)),
    offset(MODEL.buffers, writeOffsets(builder, buffers.offsets)),
    offset(MODEL.metadata, writeOffsets(builder, metadata)),
    offset(MODEL.signatures, writeOffsets(builder, signatures)),
  ]);
  builder.finish(root, schema.FILE_IDENTIFIER);
  return builder.asUint8Array().slice();
}

/** The model's buffers; the first is empty and belongs to every tensor without content. */
class BufferTable {
  readonly offsets: Offset[];
  readonly #builder: Builder;

  constructor(builder: Builder) {
    this.#builder = builder;
    this.offsets = [writeTable(builder, [])];
  }

  /** The index of a buffer with this content. */
  add(bytes: Uint8Array | undefined): number {
    if (bytes === undefined) return 0;
    const data = writeBytes(this.#builder, bytes, BUFFER_ALIGNMENT);
    return this.offsets.push(writeTable(this.#builder, [offset(BUFFER.data, data)])) - 1;
  }
}

/** The operators a model uses, each once with its version. */
class OperatorCodes {
  readonly #codes = new Map<string, { readonly index: number; readonly operator: TfliteOperator }>();

  indexOf(operator: TfliteOperator): number {
    const key = JSON.stringify([operator.kind, operator.version, operator.kind === 'custom' ? operator.code : '']);
    const known = this.#codes.get(key);
    if (known !== undefined) return known.index;
    const index = this.#codes.size;
    this.#codes.set(key, { index, operator });
    return index;
  }

  write(builder: Builder): Offset {
    const tables = [...this.#codes.values()].map(({ operator }) => {
      const code = BUILTIN_OPERATOR[operator.kind];
      const custom = operator.kind === 'custom' ? builder.createString(operator.code) : undefined;
      return writeTable(builder, [
        int8(OPERATOR_CODE.deprecatedBuiltinCode, Math.min(code, LAST_8_BIT_OPERATOR)),
        offset(OPERATOR_CODE.customCode, custom),
        int32(OPERATOR_CODE.version, operator.version, 1),
        int32(OPERATOR_CODE.builtinCode, code),
      ]);
    });
    return writeOffsets(builder, tables);
  }
}

function writeTensor(builder: Builder, tensor: TfliteTensor, buffer: number): Offset {
  const { name, shape, shapeSignature, type, quantization } = tensor;
  const details = quantization === undefined ? undefined : writeQuantization(builder, quantization);
  const nameAt = builder.createString(name);
  const shapeAt = writeInt32s(builder, shape);
  const signatureAt = shapeSignature === undefined ? undefined : writeInt32s(builder, shapeSignature);
  return writeTable(builder, [
    offset(TENSOR.shape, shapeAt),
    int8(TENSOR.type, schema.TENSOR_TYPE[type]),
    int32(TENSOR.buffer, buffer),
    offset(TENSOR.name, nameAt),
    offset(TENSOR.quantization, details),
    offset(TENSOR.shapeSignature, signatureAt),
  ]);
}

function writeQuantization(builder: Builder, { scales, zeroPoints, dimension }: TensorQuantization): Offset {
  const scaleAt = writeFloat32s(builder, scales);
  const zeroPointAt = writeInt64s(builder, zeroPoints);
  return writeTable(builder, [
    offset(QUANTIZATION.scale, scaleAt),
    offset(QUANTIZATION.zeroPoint, zeroPointAt),
    int32(QUANTIZATION.dimension, dimension),
  ]);
}

function writeMetadata(builder: Builder, name: string, buffer: number): Offset {
  const nameAt = builder.createString(name);
  return writeTable(builder, [offset(METADATA.name, nameAt), int32(METADATA.buffer, buffer)]);
}

function writeSignature(builder: Builder, { key, inputs, outputs }: TfliteSignature): Offset {
  const maps = (tensors: ReadonlyMap<string, number>): Offset => {
    const entries = [...tensors].map(([name, index]) => {
      const nameAt = builder.createString(name);
      return writeTable(builder, [offset(schema.TENSOR_MAP.name, nameAt), int32(schema.TENSOR_MAP.tensorIndex, index)]);
    });
    return writeOffsets(builder, entries);
  };
  const inputsAt = maps(inputs);
  const outputsAt = maps(outputs);
  const keyAt = builder.createString(key);
  return writeTable(builder, [
    offset(SIGNATURE.inputs, inputsAt),
    offset(SIGNATURE.outputs, outputsAt),
    offset(SIGNATURE.key, keyAt),
  ]);
}
