import { InkError } from '@inkcast/shared/errors';
import { type OperatorKind, readTflite, type TfliteModel, tensorSize } from '@inkcast/shared/tflite-file';

/** Names of the methods of `tflite::MicroMutableOpResolver`. */
const METHODS: Readonly<Partial<Record<OperatorKind, string>>> = {
  add: 'AddAdd',
  averagePool2d: 'AddAveragePool2D',
  concatenation: 'AddConcatenation',
  conv2d: 'AddConv2D',
  depthwiseConv2d: 'AddDepthwiseConv2D',
  dequantize: 'AddDequantize',
  fullyConnected: 'AddFullyConnected',
  hardSwish: 'AddHardSwish',
  leakyRelu: 'AddLeakyRelu',
  logistic: 'AddLogistic',
  maxPool2d: 'AddMaxPool2D',
  mean: 'AddMean',
  mul: 'AddMul',
  pad: 'AddPad',
  quantize: 'AddQuantize',
  relu: 'AddRelu',
  relu6: 'AddRelu6',
  reshape: 'AddReshape',
  resizeNearestNeighbor: 'AddResizeNearestNeighbor',
  softmax: 'AddSoftmax',
  tanh: 'AddTanh',
};

const BYTES_PER_LINE = 12;
/** TensorFlow Lite for Microcontrollers also needs memory for its own structures and for scratch buffers. */
const ARENA_RESERVE = 16 * 1024;
const ARENA_STEP = 1024;

/** A model as C++ source for a microcontroller. */
export interface MicroFiles {
  /** By file name. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * The source files of a sketch for TensorFlow Lite for Microcontrollers: the model as an array, and a program that runs it.
 *
 * @param model an int8 or uint8 .tflite file
 * @param name of the sketch: its folder must have the same name, as the Arduino IDE wants it
 * @throws InkError INK_TFLITE_UNSUPPORTED for a model that is not quantized or an operator without a counterpart
 */
export function exportMicro(model: Uint8Array, name: string, labels: readonly string[]): MicroFiles {
  const graph = readTflite(model);
  const [input, output] = [graph.tensors[graph.inputs[0]], graph.tensors[graph.outputs[0]]];
  const { quantization } = input;
  if ((input.type !== 'int8' && input.type !== 'uint8') || quantization === undefined) {
    throw new InkError(
      'INK_TFLITE_UNSUPPORTED',
      `The input "${input.name}" is ${input.type}, and a sketch needs int8.`,
    );
  }
  const sketch = {
    pixels: input.shape.reduce((product, size) => product * size, 1),
    type: `${input.type}_t`,
    member: input.type,
    limits: input.type === 'int8' ? ([-128, 127] as const) : ([0, 255] as const),
    scale: quantization.scales[0],
    zeroPoint: quantization.zeroPoints[0],
    outputs: output.shape.at(-1) ?? 0,
    outputMember: output.type,
    methods: resolverMethods(graph),
    arena: arenaSize(graph),
    labels,
  };
  return {
    files: new Map([
      ['model_data.h', header(model.length)],
      ['model_data.cc', arraySource(model)],
      [`${name}.ino`, sketchSource(sketch)],
    ]),
  };
}

function resolverMethods({ operators }: TfliteModel): readonly string[] {
  const kinds = [...new Set(operators.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const method = METHODS[kind];
    if (method !== undefined) return method;
    throw new InkError('INK_TFLITE_UNSUPPORTED', `TensorFlow Lite for Microcontrollers has no operator ${kind}.`);
  });
}

/** The inputs and outputs of the operator that needs most, with a reserve. */
function arenaSize({ operators, tensors }: TfliteModel): number {
  const needs = operators.map(({ inputs, outputs }) =>
    [...inputs, ...outputs]
      .flatMap((index) => tensors[index] ?? [])
      .filter(({ data }) => data === undefined)
      .reduce((sum, tensor) => sum + tensorSize(tensor), 0),
  );
  return Math.ceil((2 * Math.max(...needs) + ARENA_RESERVE) / ARENA_STEP) * ARENA_STEP;
}

const header = (length: number): string => `#pragma once

// The model, a .tflite file of ${length} bytes.
extern const unsigned char model_data[];
extern const unsigned int model_data_length;
`;

function arraySource(model: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < model.length; at += BYTES_PER_LINE) {
    const bytes = [...model.subarray(at, at + BYTES_PER_LINE)].map((byte) => `0x${byte.toString(16).padStart(2, '0')}`);
    lines.push(`    ${bytes.join(', ')},`);
  }
  return `#include "model_data.h"

// TensorFlow Lite reads weights in place, so the array must begin at a multiple of 16.
alignas(16) const unsigned char model_data[] = {
${lines.join('\n')}
};
const unsigned int model_data_length = ${model.length};
`;
}

interface Sketch {
  readonly pixels: number;
  readonly type: string;
  readonly member: string;
  readonly limits: readonly [number, number];
  readonly scale: number;
  readonly zeroPoint: number;
  readonly outputs: number;
  readonly outputMember: string;
  readonly methods: readonly string[];
  readonly arena: number;
  readonly labels: readonly string[];
}

const sketchSource = (
  sketch: Sketch,
): string => `// Classifies one handwritten character with TensorFlow Lite for Microcontrollers.
#include "model_data.h"
#include "tensorflow/lite/micro/micro_interpreter.h"
#include "tensorflow/lite/micro/micro_mutable_op_resolver.h"
#include "tensorflow/lite/schema/schema_generated.h"

constexpr int kPixels = ${sketch.pixels};
constexpr int kLabels = ${sketch.outputs};
const char* const kLabelNames[kLabels] = {${sketch.labels.map((label) => JSON.stringify(label)).join(', ')}};
// An estimate: interpreter.arena_used_bytes() tells what is needed.
constexpr int kArenaBytes = ${sketch.arena};
alignas(16) uint8_t arena[kArenaBytes];

tflite::MicroInterpreter* interpreter = nullptr;

// The input's value for ink from 0 (none) to 255 (full): white ink on black.
${sketch.type} quantized(uint8_t ink) {
  const int value = static_cast<int>(ink / 255.0f / ${sketch.scale}f + 0.5f) + (${sketch.zeroPoint});
  return static_cast<${sketch.type}>(value < ${sketch.limits[0]} ? ${sketch.limits[0]} : value > ${sketch.limits[1]} ? ${sketch.limits[1]} : value);
}

// The label of the most probable output, or -1 if the model cannot run.
int classify(const uint8_t* ink) {
  TfLiteTensor* input = interpreter->input(0);
  for (int pixel = 0; pixel < kPixels; ++pixel) input->data.${sketch.member}[pixel] = quantized(ink[pixel]);
  if (interpreter->Invoke() != kTfLiteOk) return -1;
  const TfLiteTensor* output = interpreter->output(0);
  int best = 0;
  for (int label = 1; label < kLabels; ++label) {
    if (output->data.${sketch.outputMember}[label] > output->data.${sketch.outputMember}[best]) best = label;
  }
  return best;
}

void setup() {
  Serial.begin(115200);
  static tflite::MicroMutableOpResolver<${sketch.methods.length}> resolver;
${sketch.methods.map((method) => `  resolver.${method}();`).join('\n')}
  static tflite::MicroInterpreter built(tflite::GetModel(model_data), resolver, arena, kArenaBytes);
  interpreter = &built;
  if (interpreter->AllocateTensors() != kTfLiteOk) Serial.println("The arena is too small: raise kArenaBytes.");
}

void loop() {
  static uint8_t ink[kPixels] = {};
  // Fill \`ink\` from a camera or a touch screen here.
  const int label = classify(ink);
  Serial.println(label < 0 ? "?" : kLabelNames[label]);
  delay(1000);
}
`;
