import { checkModel } from './check-model.js';
import { FlatbufferTable } from './flatbuffer-table.js';
import { invalid, otherNumbers, unsupported } from './invalid.js';
import type { TensorQuantization, TensorType, TfliteModel, TfliteSignature, TfliteTensor } from './model.js';
import { tensorTypeName } from './names.js';
import { readOperator, readOperatorCodes } from './read-operator.js';
import {
  BUFFER,
  FILE_IDENTIFIER,
  METADATA,
  MODEL,
  QUANTIZATION,
  SCHEMA_VERSION,
  SIGNATURE,
  SUBGRAPH,
  TENSOR,
  TENSOR_MAP,
  TENSOR_TYPE,
} from './schema.js';

const TYPES = new Map<number, TensorType>([
  [TENSOR_TYPE.float32, 'float32'],
  [TENSOR_TYPE.float16, 'float16'],
  [TENSOR_TYPE.int32, 'int32'],
  [TENSOR_TYPE.uint8, 'uint8'],
  [TENSOR_TYPE.int64, 'int64'],
  [TENSOR_TYPE.bool, 'bool'],
  [TENSOR_TYPE.int16, 'int16'],
  [TENSOR_TYPE.int8, 'int8'],
]);

type Buffers = readonly (Uint8Array | undefined)[];

/**
 * Reads a .tflite file and checks all of it: offsets, indices, sizes, and every operator's inputs, options and shapes.
 * A model that passes can be given to TensorFlow Lite, which would crash on some damaged files. The model's bytes are
 * views of `bytes`.
 *
 * @throws InkError INK_TFLITE_INVALID naming what is wrong, INK_TFLITE_UNSUPPORTED naming what Inkcast does not support
 */
export function readTflite(bytes: Uint8Array): TfliteModel {
  const root = FlatbufferTable.root(bytes, FILE_IDENTIFIER);
  const version = root.uint32(MODEL.version);
  if (version !== SCHEMA_VERSION) throw unsupported(`is of the format's version ${version}, not ${SCHEMA_VERSION}`);
  const subgraphs = root.tables(MODEL.subgraphs);
  const [graph] = subgraphs;
  if (graph === undefined) throw invalid('it holds no graph');
  if (subgraphs.length > 1) throw unsupported(`holds ${subgraphs.length} graphs`);
  const buffers = root.tables(MODEL.buffers).map(readBuffer);
  const codes = readOperatorCodes(root.tables(MODEL.operatorCodes));
  const model: TfliteModel = {
    name: graph.string(SUBGRAPH.name),
    description: root.string(MODEL.description),
    tensors: graph.tables(SUBGRAPH.tensors).map((table) => readTensor(table, buffers)),
    operators: graph.tables(SUBGRAPH.operators).map((table, index) => readOperator(table, codes, `operator ${index}`)),
    inputs: [...graph.int32s(SUBGRAPH.inputs)],
    outputs: [...graph.int32s(SUBGRAPH.outputs)],
    signatures: root.tables(MODEL.signatures).map(readSignature),
    metadata: new Map(root.tables(MODEL.metadata).map((table) => readMetadata(table, buffers))),
  };
  checkModel(model);
  return model;
}

function readBuffer(table: FlatbufferTable): Uint8Array | undefined {
  if (table.has(BUFFER.offset)) throw unsupported('keeps its weights outside of the FlatBuffer');
  const data = table.bytes(BUFFER.data);
  return data === undefined || data.length === 0 ? undefined : data;
}

function readTensor(table: FlatbufferTable, buffers: Buffers): TfliteTensor {
  const name = table.string(TENSOR.name);
  const number = table.int8(TENSOR.type);
  const type = TYPES.get(number);
  if (type === undefined) throw otherNumbers(`holds the tensor "${name}" of the type ${tensorTypeName(number)}`);
  if (table.bool(TENSOR.isVariable)) throw unsupported(`holds the variable tensor "${name}"`);
  if (table.has(TENSOR.sparsity)) throw unsupported(`holds the sparse tensor "${name}"`);
  const shape = [...table.int32s(TENSOR.shape)];
  const signature = [...table.int32s(TENSOR.shapeSignature)];
  const details = table.table(TENSOR.quantization);
  const quantization = details === undefined ? undefined : readQuantization(details, name);
  const bufferIndex = table.uint32(TENSOR.buffer);
  if (bufferIndex >= buffers.length) throw invalid(`the tensor "${name}" refers to a buffer that is not there`);
  const data = buffers[bufferIndex];
  return {
    name,
    type,
    shape,
    ...(signature.length === 0 ? {} : { shapeSignature: signature }),
    ...(quantization === undefined ? {} : { quantization }),
    ...(data === undefined ? {} : { data }),
  };
}

function readQuantization(table: FlatbufferTable, name: string): TensorQuantization | undefined {
  if (table.uint8(QUANTIZATION.detailsType) !== 0) throw unsupported(`quantizes the tensor "${name}" in its own way`);
  const scales = table.float32s(QUANTIZATION.scale);
  if (scales.length === 0) return undefined;
  const zeroPoints = Int32Array.from(table.int64s(QUANTIZATION.zeroPoint), (value) => {
    if (value < -32768n || value > 32767n) throw invalid(`the tensor "${name}" has the zero point ${value}`);
    return Number(value);
  });
  return { scales, zeroPoints, dimension: table.int32(QUANTIZATION.dimension) };
}

function readSignature(table: FlatbufferTable): TfliteSignature {
  if (table.uint32(SIGNATURE.subgraphIndex) !== 0) throw invalid('a signature refers to a graph that is not there');
  const names = (slot: number): Map<string, number> =>
    new Map(table.tables(slot).map((entry) => [entry.string(TENSOR_MAP.name), entry.uint32(TENSOR_MAP.tensorIndex)]));
  return { key: table.string(SIGNATURE.key), inputs: names(SIGNATURE.inputs), outputs: names(SIGNATURE.outputs) };
}

function readMetadata(table: FlatbufferTable, buffers: Buffers): [string, Uint8Array] {
  const name = table.string(METADATA.name);
  const index = table.uint32(METADATA.buffer);
  if (index >= buffers.length) throw invalid(`the metadata "${name}" refers to a buffer that is not there`);
  return [name, buffers[index] ?? new Uint8Array()];
}
