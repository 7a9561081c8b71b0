import { InkError } from '@inkcast/shared/errors';
import { BOX_VALUES } from '@inkcast/shared/spots';
import { inferShapes, type Layer, type ParameterSpec, parameterSpecs, type Shape } from '../models/index.js';
import type { EngineOptions, Weights } from './engine.js';
import type { CrossEntropyOptions, LossOptions } from './loss-options.js';
import { ADAM, type OptimizerOptions } from './optimizer-options.js';
import type { Schedule } from './schedule.js';

/** The options with all defaults, and the sizes of the network. */
export interface ResolvedOptions extends EngineOptions {
  readonly optimizer: OptimizerOptions;
  readonly schedule: Schedule;
  readonly loss: LossOptions;
  readonly frozenLayers: ReadonlySet<string>;
  readonly specs: readonly ParameterSpec[];
  /** Values of one picture. */
  readonly imageSize: number;
  /** Values of one picture's output. */
  readonly outputSize: number;
  /** The layer whose output the loss reads: what the softmax reads, or the last. */
  readonly lossLayer: string;
}

/** @throws InkError INK_GRAPH_INVALID, or INK_CONFIG_INVALID naming the option that is out of range */
export function resolveOptions(options: EngineOptions): ResolvedOptions {
  const shapes = inferShapes(options.network);
  const loss = options.loss ?? {};
  const last = options.network.layers.at(-1) ?? options.network.layers[0];
  const [input] = shapes.values();
  const output = shapes.get(last.name) ?? input;
  checkOutput(loss, last, output);
  const frozenLayers = new Set(options.frozen);
  for (const name of frozenLayers) {
    if (!shapes.has(name)) throw new InkError('INK_GRAPH_INVALID', `There is no layer "${name}" to freeze.`);
  }
  const resolved = {
    ...options,
    optimizer: options.optimizer ?? ADAM,
    schedule: options.schedule ?? { kind: 'constant' as const, learningRate: 0.001 },
    loss,
    frozenLayers,
    specs: parameterSpecs(options.network),
    imageSize: size(input),
    outputSize: size(output),
    lossLayer: loss.kind === 'spots' ? last.name : last.inputs[0],
  };
  checkRanges(resolved);
  return resolved;
}

const size = (shape: Shape): number => shape.reduce((product, side) => product * side, 1);

const wrong = (key: string, value: unknown, allowed: string): InkError =>
  new InkError('INK_CONFIG_INVALID', `${key} is ${value} and must be ${allowed}.`);

/** @throws InkError INK_GRAPH_INVALID where the last layer is not what the loss reads */
function checkOutput(loss: LossOptions, last: Layer, output: Shape): void {
  if (loss.kind !== 'spots') {
    if (last.kind === 'softmax') return;
    throw new InkError('INK_GRAPH_INVALID', `Layer "${last.name}" is the last and must be a softmax to be trained.`);
  }
  const { classes } = loss;
  if (!(Number.isInteger(classes) && classes > 0)) throw wrong('loss.classes', classes, 'a whole number above 0');
  if (output.length === 3 && output[2] === classes + BOX_VALUES) return;
  throw new InkError(
    'INK_GRAPH_INVALID',
    `Layer "${last.name}" is the last and gives ${output.join('x')}; spots of ${classes} classes need a map of ${classes + BOX_VALUES} channels.`,
  );
}

function checkRanges(options: ResolvedOptions): void {
  const { batchSize, threads, clipNorm, averageDecay, loss, schedule, outputSize } = options;
  if (!(Number.isInteger(batchSize) && batchSize > 0)) throw wrong('batchSize', batchSize, 'a whole number above 0');
  if (threads !== undefined && !(Number.isInteger(threads) && threads > 0)) {
    throw wrong('threads', threads, 'a whole number above 0');
  }
  if (clipNorm !== undefined && !(clipNorm > 0)) throw wrong('clipNorm', clipNorm, 'above 0');
  if (averageDecay !== undefined && !(averageDecay >= 0 && averageDecay < 1)) {
    throw wrong('averageDecay', averageDecay, 'in [0, 1)');
  }
  if (loss.kind !== 'spots') checkCrossEntropy(loss, outputSize);
  if (!(schedule.learningRate > 0)) throw wrong('schedule.learningRate', schedule.learningRate, 'above 0');
}

function checkCrossEntropy(
  { labelSmoothing = 0, classWeights, distillation }: CrossEntropyOptions,
  classes: number,
): void {
  if (!(labelSmoothing >= 0 && labelSmoothing < 1)) throw wrong('loss.labelSmoothing', labelSmoothing, 'in [0, 1)');
  if (classWeights !== undefined && classWeights.length !== classes) {
    throw wrong('loss.classWeights', `a list of ${classWeights.length}`, `one of ${classes}, a weight a class`);
  }
  if (distillation === undefined) return;
  const { share, temperature } = distillation;
  if (!(share > 0 && share <= 1)) throw wrong('loss.distillation.share', share, 'in (0, 1]');
  if (!(temperature > 0)) throw wrong('loss.distillation.temperature', temperature, 'above 0');
}

/** @throws InkError INK_CONFIG_INVALID where the moving average is asked for and none is kept */
export function checkWeights(options: ResolvedOptions, weights: Weights): void {
  if (weights === 'averaged' && options.averageDecay === undefined) {
    throw new InkError('INK_CONFIG_INVALID', 'There are no averaged weights, because averageDecay is not set.');
  }
}
