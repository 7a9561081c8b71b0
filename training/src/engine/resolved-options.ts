import { InkError } from '@inkcast/shared/errors';
import { inferShapes, type ParameterSpec, parameterSpecs } from '../models/index.js';
import type { EngineOptions, Weights } from './engine.js';
import type { LossOptions } from './loss-options.js';
import { ADAM, type OptimizerOptions } from './optimizer-options.js';
import type { Schedule } from './schedule.js';

/** The options with every default filled in, and what the network says about itself. */
export interface ResolvedOptions extends EngineOptions {
  readonly optimizer: OptimizerOptions;
  readonly schedule: Schedule;
  readonly loss: LossOptions;
  readonly frozenLayers: ReadonlySet<string>;
  readonly specs: readonly ParameterSpec[];
  /** Values of one picture. */
  readonly imageSize: number;
  readonly classes: number;
}

/** @throws InkError INK_GRAPH_INVALID, or INK_CONFIG_INVALID naming the option that is out of range */
export function resolveOptions(options: EngineOptions): ResolvedOptions {
  const shapes = inferShapes(options.network);
  const last = options.network.layers.at(-1);
  const output = shapes.get(last?.name ?? '');
  const input = [...shapes.values()][0];
  if (last?.kind !== 'softmax' || output === undefined) {
    throw new InkError('INK_GRAPH_INVALID', `Layer "${last?.name}" is the last and must be a softmax to be trained.`);
  }
  const frozenLayers = new Set(options.frozen);
  for (const name of frozenLayers) {
    if (!shapes.has(name)) throw new InkError('INK_GRAPH_INVALID', `There is no layer "${name}" to freeze.`);
  }
  const [classes] = output;
  const resolved = {
    ...options,
    optimizer: options.optimizer ?? ADAM,
    schedule: options.schedule ?? { kind: 'constant' as const, learningRate: 0.001 },
    loss: options.loss ?? {},
    frozenLayers,
    specs: parameterSpecs(options.network),
    imageSize: input.reduce((product, side) => product * side, 1),
    classes,
  };
  checkRanges(resolved);
  return resolved;
}

function checkRanges({ batchSize, threads, clipNorm, averageDecay, loss, schedule, classes }: ResolvedOptions): void {
  const wrong = (key: string, value: unknown, allowed: string): InkError =>
    new InkError('INK_CONFIG_INVALID', `${key} is ${value} and must be ${allowed}.`);
  if (!(Number.isInteger(batchSize) && batchSize > 0)) throw wrong('batchSize', batchSize, 'a whole number above 0');
  if (threads !== undefined && !(Number.isInteger(threads) && threads > 0)) {
    throw wrong('threads', threads, 'a whole number above 0');
  }
  if (clipNorm !== undefined && !(clipNorm > 0)) throw wrong('clipNorm', clipNorm, 'above 0');
  if (averageDecay !== undefined && !(averageDecay >= 0 && averageDecay < 1)) {
    throw wrong('averageDecay', averageDecay, 'in [0, 1)');
  }
  const { labelSmoothing = 0, classWeights } = loss;
  if (!(labelSmoothing >= 0 && labelSmoothing < 1)) throw wrong('loss.labelSmoothing', labelSmoothing, 'in [0, 1)');
  if (classWeights !== undefined && classWeights.length !== classes) {
    throw wrong('loss.classWeights', `a list of ${classWeights.length}`, `one of ${classes}, a weight a class`);
  }
  if (!(schedule.learningRate > 0)) throw wrong('schedule.learningRate', schedule.learningRate, 'above 0');
}

/** @throws InkError INK_BATCH_INVALID where the pictures or labels do not fit the engine */
export function checkBatch(
  options: ResolvedOptions,
  images: Float32Array,
  count: number,
  labels?: ArrayLike<number>,
): void {
  const wrong = (reason: string): InkError => new InkError('INK_BATCH_INVALID', `A batch ${reason}.`);
  if (!(Number.isInteger(count) && count > 0)) throw wrong(`has ${count} pictures`);
  if (count > options.batchSize) throw wrong(`has ${count} pictures, and the engine takes ${options.batchSize}`);
  if (images.length < count * options.imageSize) {
    throw wrong(`holds ${images.length} values for ${count} pictures of ${options.imageSize}`);
  }
  if (labels === undefined) return;
  if (labels.length < count) throw wrong(`has ${labels.length} labels for ${count} pictures`);
  for (let image = 0; image < count; image++) {
    const label = labels[image];
    if (!(Number.isInteger(label) && label >= 0 && label < options.classes)) {
      throw wrong(`has the label ${label}, and the network has ${options.classes} classes`);
    }
  }
}

/** @throws InkError INK_CONFIG_INVALID where the moving average is asked for and none is kept */
export function checkWeights(options: ResolvedOptions, weights: Weights): void {
  if (weights === 'averaged' && options.averageDecay === undefined) {
    throw new InkError('INK_CONFIG_INVALID', 'The averaged weights are asked for, and averageDecay is not set.');
  }
}
