import { InkError } from '../errors/index.js';
import { FlatbufferTable } from './flatbuffer-table.js';
import type { OperatorKind, TfliteModel } from './model.js';
import { readTflite } from './read-model.js';
import { FILE_IDENTIFIER, MODEL, SUBGRAPH, TENSOR } from './schema.js';

/**
 * Operators that compute each position of a map from the positions around it, so that they work on maps of any size.
 */
const LOCAL: ReadonlySet<OperatorKind> = new Set([
  'add',
  'averagePool2d',
  'concatenation',
  'conv2d',
  'depthwiseConv2d',
  'dequantize',
  'hardSwish',
  'logistic',
  'maxPool2d',
  'mul',
  'quantize',
  'relu',
  'relu6',
  'resizeNearestNeighbor',
]);

/**
 * A copy of a fully convolutional .tflite file for pictures of another size. The height and width of every map are
 * scaled like the input's. So are the constant sizes of RESIZE_NEAREST_NEIGHBOR, which TensorFlow Lite's own resizing
 * of inputs does not change. All other bytes stay the same, including weights and metadata.
 *
 * @param height of the new input's second dimension
 * @param width of the new input's third dimension: pixels, or groups of pixels if these are the input's channels
 * @throws InkError INK_TFLITE_INVALID if the model has an operator for one size only, or a map would have a fractional
 * size; what `readTflite` throws for the file
 */
export function resizeModel(model: Uint8Array, height: number, width: number): Uint8Array {
  const file = new Uint8Array(model);
  const graph = readTflite(file);
  const refused = (reason: string, cause?: unknown): InkError =>
    new InkError('INK_TFLITE_INVALID', `The .tflite file cannot take pictures of ${height}x${width}: ${reason}.`, {
      cause,
    });
  const fixed = graph.operators.findIndex(({ kind }) => !LOCAL.has(kind));
  if (fixed !== -1) throw refused(`operator ${fixed} (${graph.operators[fixed].kind}) is made for one size`);
  const shapes = resizedShapes(graph, [height, width], refused);
  const [subgraph] = FlatbufferTable.root(file, FILE_IDENTIFIER).tables(MODEL.subgraphs);
  for (const [index, table] of subgraph.tables(SUBGRAPH.tensors).entries()) {
    const shape = shapes.get(index);
    if (shape === undefined) continue;
    setSizes(table.bytes(TENSOR.shape, 4), 1, shape);
    setSizes(table.bytes(TENSOR.shapeSignature, 4), 1, shape);
  }
  for (const { kind, inputs, outputs } of graph.operators) {
    const shape = shapes.get(outputs[0]);
    // The tensor's data is a view of the file.
    if (kind === 'resizeNearestNeighbor' && shape !== undefined) setSizes(graph.tensors[inputs[1]].data, 0, shape);
  }
  try {
    readTflite(file);
  } catch (error) {
    throw refused('its maps would not fit together, or would be too large', error);
  }
  return file;
}

type Size = readonly [height: number, width: number];

/** Height and width of every computed tensor, by index. */
function resizedShapes(
  { tensors, operators, inputs }: TfliteModel,
  size: Size,
  refused: (reason: string) => InkError,
): ReadonlyMap<number, Size> {
  const from = tensors[inputs[0]].shape;
  const computed = [...inputs, ...operators.flatMap(({ outputs }) => outputs)];
  return new Map(
    computed.map((index) => {
      const { name, shape } = tensors[index];
      if (shape.length !== 4) throw refused(`its tensor "${name}" of the shape [${shape}] is no map`);
      const [rows, columns] = size.map((side, axis) => (side * shape[axis + 1]) / from[axis + 1]);
      if (![rows, columns].every((side) => Number.isInteger(side) && side > 0)) {
        throw refused(`its tensor "${name}" would have ${rows} rows and ${columns} columns`);
      }
      return [index, [rows, columns]];
    }),
  );
}

/** Writes a height and a width into little-endian int32 values. @param bytes undefined if the file has no such list */
function setSizes(bytes: Uint8Array | undefined, first: number, size: Size): void {
  if (bytes === undefined || bytes.length === 0) return;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const [axis, side] of size.entries()) view.setInt32(4 * (first + axis), side, true);
}
