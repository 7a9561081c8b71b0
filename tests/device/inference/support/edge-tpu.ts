import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bytesOf, GraphBuilder, writeTflite } from '@inkcast/training/tflite';
import { quantized } from '../../../support/sample-tflite.js';

const SOURCE = fileURLToPath(new URL('edge-tpu-stub.c', import.meta.url));

/** Compiles the stand-in for libedgetpu into `folder`. @returns its path */
export function compileStub(folder: string, name: string, ...defines: readonly string[]): string {
  const library = join(folder, `${name}.so`);
  const headers = join(dirname(createRequire(import.meta.url).resolve('tfjs-tflite-node/package.json')), 'cc_deps');
  const flags = ['-shared', '-fPIC', '-O0', '-I', join(headers, 'include'), ...defines.map((define) => `-D${define}`)];
  execFileSync('cc', [...flags, '-o', library, SOURCE]);
  return library;
}

/** A library that loads, but has none of the functions. */
export function compileEmptyLibrary(folder: string): string {
  const library = join(folder, 'empty.so');
  execFileSync('cc', ['-shared', '-fPIC', '-x', 'c', '-o', library, '-'], { input: 'int nothing;' });
  return library;
}

/** A model as Google's compiler leaves it: one custom operator, from 28x28 ink to a probability for each class. */
export function edgeTpuModel(code = 'edgetpu-custom-op', classes = 3): Uint8Array {
  const graph = new GraphBuilder();
  const input = graph.tensor({
    name: 'image',
    type: 'int8',
    shape: [1, 28, 28, 1],
    quantization: quantized(1 / 255, -128),
  });
  const output = graph.tensor({
    name: 'probabilities',
    type: 'int8',
    shape: [1, classes],
    quantization: quantized(1 / 256, -128),
  });
  graph.operator({ kind: 'custom', code, options: new Uint8Array(8), inputs: [input], outputs: [output] });
  return writeTflite(graph.build({ name: 'main', description: 'stub', inputs: [input], outputs: [output] }));
}

/** The same model as TensorFlow Lite runs it by itself: a dense layer. */
export function plainModel(): Uint8Array {
  const graph = new GraphBuilder();
  const input = graph.tensor({
    name: 'image',
    type: 'int8',
    shape: [1, 28, 28, 1],
    quantization: quantized(1 / 255, -128),
  });
  const data = bytesOf(Int8Array.from({ length: 3 * 784 }, (_, index) => ((index * 37) % 255) - 127));
  const weights = graph.tensor({
    name: 'dense',
    type: 'int8',
    shape: [3, 784],
    quantization: quantized(0.01, 0),
    data,
  });
  const logits = graph.tensor({ name: 'logits', type: 'int8', shape: [1, 3], quantization: quantized(0.1, 0) });
  const offsets = graph.ints('offsets', [3], Int32Array.of(1, 2, 3), quantized(0.01 / 255, 0));
  const output = graph.tensor({
    name: 'probabilities',
    type: 'int8',
    shape: [1, 3],
    quantization: quantized(1 / 256, -128),
  });
  graph.operator({
    kind: 'fullyConnected',
    inputs: [input, weights, offsets],
    outputs: [logits],
    activation: 'none',
    keepNumDims: false,
  });
  graph.operator({ kind: 'softmax', inputs: [logits], outputs: [output], beta: 1 });
  return writeTflite(graph.build({ name: 'main', description: 'plain', inputs: [input], outputs: [output] }));
}
