import { InkError } from '@inkcast/shared/errors';
import type { Network, Parameters } from '../../models/index.js';
import type { Batch } from '../batch.js';
import { checkBatch, checkPictures, isDistilled, softLabelsOf } from '../check-batch.js';
import { checkParameters, slotSpecs } from '../check-parameters.js';
import { divergence, lastBadGradient } from '../divergence.js';
import type { Engine, EngineState, GradientResult, StepResult, Weights } from '../engine.js';
import { type LossDivisors, lossDivisors } from '../loss-divisors.js';
import { optimizerSlots } from '../optimizer-options.js';
import { ReferenceEngine } from '../reference/reference-engine.js';
import { checkWeights, type ResolvedOptions } from '../resolved-options.js';
import type { EngineHost } from './engine-host.js';
import type { EngineMemory } from './engine-memory.js';
import { loadKernels } from './kernel-module.js';
import type { Plan } from './plan/make-plan.js';
import { PROGRAMS, type ProgramName } from './plan/plan-builder.js';
import type { Pool } from './pool.js';
import { SinglePool } from './single-pool.js';
import { stepSettings } from './step-settings.js';
import { WorkerPool } from './worker-pool.js';

interface Running {
  readonly build: string;
  readonly pool: Pool;
}

/** The workers of an engine, and where they run. */
export interface EngineWorkers {
  readonly host: EngineHost;
  /** How many there are. */
  readonly threads: number;
}

/** The fast back end: SIMD kernels on the workers of a platform, over one shared memory. */
export class WasmEngine implements Engine {
  readonly #options: ResolvedOptions;
  readonly #plan: Plan;
  readonly #memory: EngineMemory;
  readonly #workers: EngineWorkers;
  #running: Running | undefined;
  #step = 0;
  /** The packed kernels are those of these weights; undefined where the weights have changed since. */
  #packed: Weights | undefined;

  /** @param memory laid out for as many workers */
  constructor(options: ResolvedOptions, plan: Plan, memory: EngineMemory, workers: EngineWorkers) {
    this.#options = options;
    this.#plan = plan;
    this.#memory = memory;
    this.#workers = workers;
  }

  get network(): Network {
    return this.#options.network;
  }

  get batchSize(): number {
    return this.#options.batchSize;
  }

  get build(): string {
    return this.#running?.build ?? 'wasm';
  }

  async start(): Promise<void> {
    const { host, threads } = this.#workers;
    const { build, module } = await loadKernels(host, this.#options.kernels);
    const { map, memory } = this.#memory;
    const { programs } = this.#plan.placement;
    const { offset: counts } = this.#plan.placement.address(this.#plan.builder.counts);
    const tasks = Array.from({ length: threads }, (_, worker) => ({
      ...{ module, memory, map, programs, counts },
      ...{ worker, workers: threads },
    }));
    const pool = host.startThread === undefined ? new SinglePool(tasks[0]) : new WorkerPool(tasks, host.startThread);
    await pool.start();
    this.#running = { build: `wasm-${build}`, pool };
  }

  async stop(): Promise<void> {
    await this.#running?.pool.stop();
  }

  loadParameters(parameters: Parameters): void {
    const { specs } = this.#options;
    const { builder, averaged } = this.#plan;
    checkParameters(specs, parameters);
    this.#memory.write(builder.weights, parameters);
    if (averaged !== undefined) this.#memory.write(averaged, parameters);
    this.#packed = undefined;
  }

  parameters(weights: Weights = 'current'): Parameters {
    checkWeights(this.#options, weights);
    const { builder, averaged } = this.#plan;
    const buffer = weights === 'averaged' ? (averaged ?? builder.weights) : builder.weights;
    return this.#memory.read(buffer, this.#options.specs);
  }

  state(): EngineState {
    const { slots, averaged } = this.#plan;
    const trainable = this.#options.specs.filter((spec) => spec.trainable);
    const remembered = [...slots].flatMap(([slot, buffer]) =>
      [...this.#memory.read(buffer, trainable)].map(([name, tensor]) => [`${slot}/${name}`, tensor] as const),
    );
    const state = { step: this.#step, parameters: this.parameters(), slots: new Map(remembered) };
    return averaged === undefined ? state : { ...state, averaged: this.parameters('averaged') };
  }

  loadState(state: EngineState): void {
    const { specs, optimizer } = this.#options;
    const { builder, slots, averaged } = this.#plan;
    checkParameters(specs, state.parameters);
    checkParameters(slotSpecs(specs, optimizerSlots(optimizer)), state.slots);
    const average = state.averaged ?? state.parameters;
    checkParameters(specs, average);
    this.#memory.write(builder.weights, state.parameters);
    if (averaged !== undefined) this.#memory.write(averaged, average);
    for (const [slot, buffer] of slots) this.#memory.write(buffer, withoutPrefix(state.slots, `${slot}/`));
    this.#step = state.step;
    this.#packed = undefined;
  }

  async trainStep(batch: Batch): Promise<StepResult> {
    const divisors = this.#feed(batch);
    await this.#run('current', ['differentiate', 'step']);
    const result = await this.#result(batch, divisors);
    this.#packed = undefined;
    this.#step++;
    return result;
  }

  async gradients(batch: Batch): Promise<GradientResult> {
    const divisors = this.#feed(batch);
    await this.#run('current', ['differentiate']);
    const result = await this.#result(batch, divisors);
    const gradients = this.#memory.read(this.#plan.builder.gradients, this.#trainedSpecs());
    return { ...result, gradients };
  }

  async predict(images: Float32Array, count: number, weights: Weights = 'current'): Promise<Float32Array> {
    checkPictures(this.#options, images, count);
    checkWeights(this.#options, weights);
    this.#idlePool();
    this.#memory.writeImages(images, count);
    await this.#run(weights, ['predict']);
    return this.#memory.readPredictions(count);
  }

  async activations(images: Float32Array, count: number): Promise<ReadonlyMap<string, Float32Array>> {
    // Fused kernels never hold the outputs between their layers, so the plain back end computes them.
    return this.#reference().activations(images, count);
  }

  /** Called before anything is written: workers may still be reading. */
  #idlePool(): Pool {
    if (this.#running === undefined) throw new InkError('INK_ENGINE_FAILED', 'The engine is not started.');
    this.#running.pool.assertIdle();
    return this.#running.pool;
  }

  #feed(batch: Batch): LossDivisors {
    checkBatch(this.#options, batch);
    this.#idlePool();
    this.#memory.writeImages(batch.images, batch.count);
    if ('labels' in batch) this.#memory.writeLabels(batch.labels, batch.count);
    if (isDistilled(this.#options)) this.#memory.writeTargets(softLabelsOf(batch), batch.count);
    else if ('targets' in batch) this.#memory.writeTargets(batch.targets, batch.count);
    const divisors = lossDivisors(this.#options, batch);
    this.#memory.writeSettings(stepSettings(this.#options, this.#step, divisors));
    return divisors;
  }

  /** Runs programs with the weights asked for, packing those first where they are not. */
  async #run(weights: Weights, programs: readonly ProgramName[]): Promise<void> {
    const pool = this.#idlePool();
    const { builder, averaged } = this.#plan;
    const other = weights === 'averaged' ? averaged : undefined;
    const all: readonly ProgramName[] = this.#packed === weights ? programs : ['pack', ...programs];
    if (other !== undefined) this.#memory.swap(builder.weights, other);
    try {
      await pool.run(all.map((name) => PROGRAMS.indexOf(name)));
      this.#packed = weights;
    } finally {
      if (other !== undefined) this.#memory.swap(builder.weights, other);
    }
  }

  async #result(batch: Batch, divisors: LossDivisors): Promise<StepResult> {
    const result = this.#memory.readResult(divisors);
    if (!Number.isFinite(result.loss) || !this.#memory.isFiniteGradient()) await this.#explain(batch);
    return result;
  }

  #trainedSpecs() {
    const { specs, frozenLayers } = this.#options;
    return specs.filter((spec) => spec.trainable && !frozenLayers.has(spec.layer));
  }

  /** Finds the layer at which values stopped being finite, and throws. */
  async #explain(batch: Batch): Promise<never> {
    const gradients = this.#memory.read(this.#plan.builder.gradients, this.#trainedSpecs());
    await this.#reference().gradients(batch);
    // In double precision all is well: what overflowed was a sum in float32.
    const layer = lastBadGradient([...gradients].map(([name, { data }]) => [name, data]));
    if (layer !== undefined) throw divergence(layer, 'gradient', this.#step);
    throw divergence(this.network.layers.at(-1)?.name ?? '', 'output', this.#step);
  }

  /** The plain back end with this one's weights and step. */
  #reference(): Engine {
    const reference = new ReferenceEngine(this.#options, this.parameters());
    reference.loadState(this.state());
    return reference;
  }
}

function withoutPrefix(parameters: Parameters, prefix: string): Parameters {
  return new Map(
    [...parameters]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
  );
}
