import type { LearningTools, Pictures } from '@inkcast/learning/tools';
import { type Engine, engineCode, openEngine } from '@inkcast/reader/engine';
import { InkError } from '@inkcast/shared/errors';
import { readTflite } from '@inkcast/shared/tflite-file';
import { InPlaceLoader } from '@inkcast/training/data/portable';
import { createEngineOn, type EngineOptions } from '@inkcast/training/engine/portable';
import { InterpreterPredictor, type Predictor, type TfliteSource } from '@inkcast/training/evaluation/portable';
import { createInt8Interpreter } from '@inkcast/training/int8-interpreter';
import { quantizeInEngine } from '@inkcast/training/quantization';
import { gunzipSync } from 'fflate';
import { load } from '../sketch/index.js';
import { webHost } from './web-host.js';

/**
 * Learning's tools in a browser: Inkcast's own engines for training and for int8 models.
 *
 * @throws InkError INK_FILE_UNREADABLE, INK_TFLITE_LIBRARY
 */
export async function openTabTools(): Promise<LearningTools> {
  const engine = await openEngine(await load(engineCode().href), 'built-in');
  const host = webHost();
  const createEngine = (options: EngineOptions) => createEngineOn(host, options);
  return {
    createEngine,
    loadBatches: (options) => new InPlaceLoader(options),
    // The build of the site compresses replay sets so (site/lesson-files.js).
    decompress: (file) => gunzipSync(file),
    quantize: (trained, images, settings) => quantizeInEngine(createEngine, trained, images, settings),
    // It would run each network once for each of its layers.
    reportLayers: () => [],
    startPredictor: (source) => startPredictor(engine, source),
    verify: (model, pictures) => verify(engine, model, pictures),
  };
}

function startPredictor(engine: Engine, source: TfliteSource): Predictor {
  const graph = readTflite(source.model);
  const model = engine.load(graph);
  const tensor = (index: number, data: Int8Array) => {
    const { shape, quantization } = graph.tensors[index];
    const known = quantization && { scale: quantization.scales[0], zeroPoint: quantization.zeroPoints[0] };
    return { type: 'int8', shape, quantization: known, data } as const;
  };
  return new InterpreterPredictor(
    source,
    {
      input: tensor(graph.inputs[0], model.inputs[0]),
      output: tensor(graph.outputs[0], model.outputs[0]),
      invoke: () => model.run(),
      // The garbage collector frees the model.
      close: () => {},
    },
    graph,
  );
}

function verify(engine: Engine, file: Uint8Array, { images, shape }: Pictures): void {
  const graph = readTflite(file);
  const model = engine.load(graph);
  const reference = createInt8Interpreter(graph, { matrixTies: 'up' });
  const size = shape.reduce((product, side) => product * side, 1);
  for (let start = 0; start < images.length; start += size) {
    const values = Int8Array.from(images.subarray(start, start + size), (byte) => byte - 128);
    model.inputs[0].set(values);
    model.run();
    const expected = reference.run(values);
    if (model.outputs[0].every((value, index) => value === expected[index])) continue;
    throw new InkError('INK_VERIFY_FAILED', 'The candidate runs with other results than the integer reference.');
  }
}
