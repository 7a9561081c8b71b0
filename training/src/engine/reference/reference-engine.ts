import type { ParameterSpec, Parameters, Tensor } from '../../models/index.js';
import type { Batch } from '../batch.js';
import { checkBatch, checkPictures, isDistilled, labelsOf, softLabelsOf, targetsOf } from '../check-batch.js';
import { checkParameters, slotSpecs } from '../check-parameters.js';
import { divergence, firstBadOutput, lastBadGradient } from '../divergence.js';
import type { Engine, EngineState, GradientResult, StepResult, Weights } from '../engine.js';
import { lookUp } from '../look-up.js';
import { lossDivisors } from '../loss-divisors.js';
import { optimizerSlots } from '../optimizer-options.js';
import { checkWeights, type ResolvedOptions } from '../resolved-options.js';
import { learningRateAt } from '../schedule.js';
import { type CrossEntropy, crossEntropy } from './cross-entropy.js';
import { ReferenceGraph } from './graph.js';
import type { Pass } from './operation.js';
import { type SpotsLoss, spotsLoss } from './spots-loss.js';
import { updateAverage, updateParameter } from './update.js';

type Values = Map<string, Float32Array>;

interface Gradients {
  readonly result: StepResult;
  readonly byParameter: Map<string, Float64Array>;
  /** Next values of the moving statistics. */
  readonly observed: Map<string, Float64Array>;
}

/** The plain back end: one thread, clear before fast. Weights are float32 between steps, all else double. */
export class ReferenceEngine implements Engine {
  readonly build = 'reference';
  readonly #options: ResolvedOptions;
  readonly #graph: ReferenceGraph;
  readonly #slotSpecs: readonly ParameterSpec[];
  readonly #weights: Values;
  readonly #slots: Values;
  readonly #averaged: Values | undefined;
  #step = 0;

  /** @param parameters the first weights, copied */
  constructor(options: ResolvedOptions, parameters: Parameters) {
    this.#options = options;
    this.#graph = new ReferenceGraph(options.network, options.frozenLayers);
    this.#slotSpecs = slotSpecs(options.specs, optimizerSlots(options.optimizer));
    this.#weights = copyValues(parameters);
    this.#slots = new Map(this.#slotSpecs.map((spec) => [spec.name, new Float32Array(spec.size)]));
    this.#averaged = options.averageDecay === undefined ? undefined : copyData(this.#weights);
  }

  get network() {
    return this.#options.network;
  }

  get batchSize() {
    return this.#options.batchSize;
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  loadParameters(parameters: Parameters): void {
    checkParameters(this.#options.specs, parameters);
    assign(this.#weights, parameters);
    if (this.#averaged !== undefined) assign(this.#averaged, parameters);
  }

  parameters(weights: Weights = 'current'): Parameters {
    return tensors(this.#options.specs, this.#select(weights));
  }

  state(): EngineState {
    const state = {
      step: this.#step,
      parameters: this.parameters(),
      slots: tensors(this.#slotSpecs, this.#slots),
    };
    return this.#averaged === undefined ? state : { ...state, averaged: this.parameters('averaged') };
  }

  loadState(state: EngineState): void {
    checkParameters(this.#options.specs, state.parameters);
    checkParameters(this.#slotSpecs, state.slots);
    if (this.#averaged !== undefined) {
      const averaged = state.averaged ?? state.parameters;
      checkParameters(this.#options.specs, averaged);
      assign(this.#averaged, averaged);
    }
    assign(this.#weights, state.parameters);
    assign(this.#slots, state.slots);
    this.#step = state.step;
  }

  async trainStep(batch: Batch): Promise<StepResult> {
    const { result, byParameter, observed } = this.#differentiate(batch);
    const { optimizer, schedule, specs, averageDecay } = this.#options;
    const learningRate = learningRateAt(schedule, this.#step);
    for (const spec of specs) {
      const weights = lookUp(this.#weights, spec.name);
      const gradient = byParameter.get(spec.name);
      const moved = observed.get(spec.name);
      if (moved !== undefined) weights.set(moved);
      if (gradient === undefined) continue;
      const slots = optimizerSlots(optimizer).map((slot) => lookUp(this.#slots, `${slot}/${spec.name}`));
      updateParameter(optimizer, { spec, weights, gradient, slots, learningRate, step: this.#step });
    }
    if (this.#averaged !== undefined && averageDecay !== undefined) {
      for (const [name, averaged] of this.#averaged) {
        updateAverage(averaged, lookUp(this.#weights, name), averageDecay, this.#step);
      }
    }
    this.#step++;
    return result;
  }

  async gradients(batch: Batch): Promise<GradientResult> {
    const { result, byParameter } = this.#differentiate(batch);
    const specs = this.#options.specs.filter((spec) => byParameter.has(spec.name));
    const values = new Map([...byParameter].map(([name, data]) => [name, Float32Array.from(data)]));
    return { ...result, gradients: tensors(specs, values) };
  }

  async predict(images: Float32Array, count: number, weights: Weights = 'current'): Promise<Float32Array> {
    const outputs = [...this.#forward(images, count, weights).values()];
    return Float32Array.from(outputs.at(-1) ?? []);
  }

  async activations(images: Float32Array, count: number): Promise<ReadonlyMap<string, Float32Array>> {
    const outputs = this.#forward(images, count, 'current');
    return new Map([...outputs].map(([name, values]) => [name, Float32Array.from(values)]));
  }

  #forward(images: Float32Array, count: number, weights: Weights): ReadonlyMap<string, Float64Array> {
    checkPictures(this.#options, images, count);
    const values = this.#select(weights);
    const pass: Pass = {
      count,
      training: false,
      seed: this.#options.seed,
      step: this.#step,
      parameter: (name) => lookUp(values, name),
      gradient: () => undefined,
      observe: () => {},
    };
    return this.#graph.forward(pass, this.#pixels(images, count));
  }

  #differentiate(batch: Batch): Gradients {
    const { specs, frozenLayers, lossLayer, clipNorm, seed } = this.#options;
    const { images, count } = batch;
    checkBatch(this.#options, batch);
    const wanted = specs.filter((spec) => spec.trainable && !frozenLayers.has(spec.layer));
    const byParameter = new Map(wanted.map((spec) => [spec.name, new Float64Array(spec.size)]));
    const observed = new Map<string, Float64Array>();
    const pass: Pass = {
      count,
      training: true,
      seed,
      step: this.#step,
      parameter: (name) => lookUp(this.#weights, name),
      gradient: (name) => byParameter.get(name),
      observe: (name, values) => observed.set(name, values),
    };
    const outputs = this.#graph.forward(pass, this.#pixels(images, count));
    const badOutput = firstBadOutput(outputs);
    if (badOutput !== undefined) throw divergence(badOutput, 'output', this.#step);
    const { gradient, ...result } = batchLoss(this.#options, lookUp(outputs, lossLayer), batch);
    this.#graph.backward(pass, outputs, lossLayer, gradient);
    const badGradient = lastBadGradient(byParameter);
    if (badGradient !== undefined) throw divergence(badGradient, 'gradient', this.#step);
    if (clipNorm !== undefined) clip([...byParameter.values()], clipNorm);
    return { result, byParameter, observed };
  }

  #pixels(images: Float32Array, count: number): Float64Array {
    return Float64Array.from(images.subarray(0, count * this.#options.imageSize));
  }

  #select(weights: Weights): Values {
    checkWeights(this.#options, weights);
    return weights === 'averaged' ? (this.#averaged ?? this.#weights) : this.#weights;
  }
}

/** Scales all gradients down together until their norm is at most `limit` (Pascanu et al., 2013). */
function clip(gradients: readonly Float64Array[], limit: number): void {
  let squares = 0;
  for (const gradient of gradients) for (const value of gradient) squares += value * value;
  const norm = Math.sqrt(squares);
  if (norm <= limit) return;
  for (const gradient of gradients)
    gradient.forEach((value, index) => {
      gradient[index] = (value * limit) / norm;
    });
}

const copyValues = (parameters: Parameters): Values =>
  new Map([...parameters].map(([name, tensor]) => [name, tensor.data.slice()]));

const copyData = (values: Values): Values => new Map([...values].map(([name, data]) => [name, data.slice()]));

function assign(values: Values, parameters: Parameters): void {
  for (const [name, tensor] of parameters) lookUp(values, name).set(tensor.data);
}

function tensors(specs: readonly ParameterSpec[], values: Values): Parameters {
  return new Map(
    specs.map((spec): [string, Tensor] => [spec.name, { shape: spec.shape, data: lookUp(values, spec.name).slice() }]),
  );
}

/** The loss of a batch and its gradient by `output`, the output of the layer that the loss reads. */
function batchLoss(options: ResolvedOptions, output: Float64Array, batch: Batch): CrossEntropy | SpotsLoss {
  const { loss, outputSize } = options;
  if (loss.kind === 'spots') return spotsLoss(output, targetsOf(batch), lossDivisors(options, batch), loss);
  return crossEntropy(output, labelsOf(batch), outputSize, loss, isDistilled(options) ? softLabelsOf(batch) : []);
}
