import { Builder, type Offset } from 'flatbuffers';
import { type Field, int8, offset, uint32, writeFloat32s, writeOffsets, writeTable } from './table-writer.js';

/** The metadata of a model for other tools. */
export interface ModelDescription {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  /** Height, width of the pictures. */
  readonly size: readonly [number, number];
  /** The file with a label for each output, see `attachFiles`. */
  readonly labelFile: string;
}

/** The name under which a model keeps its metadata. */
export const METADATA_NAME = 'TFLITE_METADATA';

/** Slots and numbers of metadata_schema.fbs in the repository tflite-support, version 1.1.0. */
const IDENTIFIER = 'M001';
const MODEL = { name: 0, description: 1, version: 2, subgraphs: 3, license: 5, minParserVersion: 7 } as const;
const SUBGRAPH = { inputs: 2, outputs: 3 } as const;
const TENSOR = { name: 0, description: 1, content: 3, processUnits: 4, stats: 5, files: 6 } as const;
const FILE = { name: 0, description: 1, type: 2 } as const;
const CONTENT = { type: 0, properties: 1 } as const;
const IMAGE = { colorSpace: 0, size: 1 } as const;
const SIZE = { width: 0, height: 1 } as const;
const PROCESS_UNIT = { type: 0, options: 1 } as const;
const NORMALIZATION = { mean: 0, std: 1 } as const;
const STATS = { max: 0, min: 1 } as const;
const FEATURE_PROPERTIES = 1;
const IMAGE_PROPERTIES = 2;
const GRAYSCALE = 2;
const NORMALIZATION_OPTIONS = 1;
const TENSOR_AXIS_LABELS = 2;
/** All that is written was in the schema's first version. */
const MIN_PARSER_VERSION = '1.0.0';

/** The metadata FlatBuffer of a picture classifier: gray pictures, (ink - 0) / 255, a probability for each label. */
export function modelMetadata(model: ModelDescription): Uint8Array {
  const builder = new Builder(1024);
  const text = (value: string): Offset => builder.createString(value);
  const [input, output] = [writeInput(builder, model.size), writeOutput(builder, model.labelFile)];
  const [inputs, outputs] = [writeOffsets(builder, [input]), writeOffsets(builder, [output])];
  const subgraph = writeTable(builder, [offset(SUBGRAPH.inputs, inputs), offset(SUBGRAPH.outputs, outputs)]);
  const fields: Field[] = [
    offset(MODEL.subgraphs, writeOffsets(builder, [subgraph])),
    offset(MODEL.name, text(model.name)),
    offset(MODEL.description, text(model.description)),
    offset(MODEL.version, text(model.version)),
    offset(MODEL.license, text(model.license)),
    offset(MODEL.minParserVersion, text(MIN_PARSER_VERSION)),
  ];
  builder.finish(writeTable(builder, fields), IDENTIFIER);
  return builder.asUint8Array().slice();
}

function writeInput(builder: Builder, [height, width]: readonly [number, number]): Offset {
  const size = writeTable(builder, [uint32(SIZE.width, width), uint32(SIZE.height, height)]);
  const image = writeTable(builder, [int8(IMAGE.colorSpace, GRAYSCALE), offset(IMAGE.size, size)]);
  const [mean, std] = [writeFloat32s(builder, [0]), writeFloat32s(builder, [255])];
  const options = writeTable(builder, [offset(NORMALIZATION.mean, mean), offset(NORMALIZATION.std, std)]);
  const unit = writeTable(builder, [
    int8(PROCESS_UNIT.type, NORMALIZATION_OPTIONS),
    offset(PROCESS_UNIT.options, options),
  ]);
  return writeTensor(builder, {
    name: 'image',
    description: 'One character, centred and scaled as in MNIST: ink from 0 (none) to 255 (full).',
    content: writeTable(builder, [int8(CONTENT.type, IMAGE_PROPERTIES), offset(CONTENT.properties, image)]),
    processUnits: writeOffsets(builder, [unit]),
  });
}

function writeOutput(builder: Builder, labelFile: string): Offset {
  const name = builder.createString(labelFile);
  const description = builder.createString('A label a line, in the order of the outputs.');
  const file = writeTable(builder, [
    offset(FILE.name, name),
    offset(FILE.description, description),
    int8(FILE.type, TENSOR_AXIS_LABELS),
  ]);
  const features = writeTable(builder, []);
  return writeTensor(builder, {
    name: 'probabilities',
    description: 'The probability of each label.',
    content: writeTable(builder, [int8(CONTENT.type, FEATURE_PROPERTIES), offset(CONTENT.properties, features)]),
    files: writeOffsets(builder, [file]),
  });
}

interface TensorParts {
  readonly name: string;
  readonly description: string;
  readonly content: Offset;
  readonly processUnits?: Offset;
  readonly files?: Offset;
}

/** Both tensors hold real values from 0 to 1. */
function writeTensor(builder: Builder, parts: TensorParts): Offset {
  const [name, description] = [builder.createString(parts.name), builder.createString(parts.description)];
  const [max, min] = [writeFloat32s(builder, [1]), writeFloat32s(builder, [0])];
  const stats = writeTable(builder, [offset(STATS.max, max), offset(STATS.min, min)]);
  return writeTable(builder, [
    offset(TENSOR.name, name),
    offset(TENSOR.description, description),
    offset(TENSOR.content, parts.content),
    offset(TENSOR.processUnits, parts.processUnits),
    offset(TENSOR.stats, stats),
    offset(TENSOR.files, parts.files),
  ]);
}
