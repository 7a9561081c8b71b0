import { InkError } from '@inkcast/shared/errors';
import type { Shape, Shapes } from '../../../models/index.js';
import { targetSize } from '../../check-batch.js';
import { lookUp } from '../../look-up.js';
import type { ResolvedOptions } from '../../resolved-options.js';
import type { KernelName } from '../kernel-table.js';
import { SHARDS } from '../shards.js';
import { layOutParameters, type ParameterLayout } from './parameter-layout.js';
import { type Argument, type Arguments, at, type Buffer, type Call, makeCall, type Program } from './program.js';

/** The programs that an engine runs, by what they do. */
export const PROGRAMS = ['pack', 'differentiate', 'step', 'predict'] as const;
export type ProgramName = (typeof PROGRAMS)[number];

/** Byte offsets of the float32 values that are set before each step; the optimizers' kernels know them too. */
export const SETTINGS = {
  /** 1 / what the loss's sum is divided by. */
  lossScale: 0,
  /** The learning rate; Adam's with its bias correction. */
  rate: 4,
  /** What weight decay takes away, as the optimizer counts it. */
  decay: 8,
  /** What the moving average of the weights takes over. */
  averageShare: 12,
  /** 1 / what the sum of the boxes' loss is divided by. */
  boxScale: 16,
} as const;

/** Values that are known when the plan is made, and the buffer they go into. */
export interface Constant {
  readonly buffer: Buffer;
  readonly values: Uint32Array | Float32Array;
}

/** Fewest values in one stretch of a gradient, but for the last of a parameter. */
export const MIN_STRETCH_VALUES = 1024;

/** Collects buffers and kernel calls while the layers are lowered. */
export class PlanBuilder {
  readonly options: ResolvedOptions;
  readonly shapes: Shapes;
  readonly layout: ParameterLayout;
  readonly fixed: Buffer[] = [];
  readonly constants: Constant[] = [];
  readonly programs: Readonly<Record<ProgramName, Program>> = { pack: [], differentiate: [], step: [], predict: [] };
  /** The dropout layers, in the network's order. */
  readonly dropouts: readonly string[];
  /** Calls that sum the shards' gradients up, done after all shards. */
  readonly reductions: Call[][] = [];
  /** Calls that move statistics when a step is taken, given where its gate is. */
  readonly movements: ((gate: Buffer) => Call)[] = [];
  /** Calls that bring weights into the kernels' order, done before all else. */
  readonly packing: Call[][] = [];

  readonly weights: Buffer;
  readonly gradients: Buffer;
  /** Sums of squares of the gradients, float64, one a stretch. */
  readonly squareSums: Buffer;
  /** A shard's pictures, their classes (int32) or targets, whichever the loss takes, and what prediction gives them. */
  readonly images: Buffer;
  readonly labels: Buffer;
  readonly targets: Buffer;
  readonly predictions: Buffer;
  /** A shard's summed loss and that of its boxes (float64), and how many were correct (int32). */
  readonly result: Buffer;
  /** The number of a shard's first picture within the batch, int32. */
  readonly firstImage: Buffer;
  /** Pictures in each shard, int32. */
  readonly counts: Buffer;
  /** What changes from step to step: see `SETTINGS`. */
  readonly settings: Buffer;
  /** The key of each dropout layer's mask in this step. */
  readonly dropoutKeys: Buffer;
  /** Panels by the parameter that they are packed from. */
  readonly panels = new Map<string, Buffer>();
  /** Pictures in a full shard. */
  readonly shardImages: number;
  #program: Program;
  #stretches = 0;

  constructor(options: ResolvedOptions, shapes: Shapes) {
    this.options = options;
    this.shapes = shapes;
    this.layout = layOutParameters(options.specs, (spec) => spec.trainable && !options.frozenLayers.has(spec.layer));
    this.shardImages = Math.ceil(options.batchSize / SHARDS);
    this.images = this.shard(4 * options.imageSize * this.shardImages);
    this.labels = this.shard(4 * this.shardImages);
    this.targets = this.shard(4 * targetSize(options) * this.shardImages);
    this.predictions = this.shard(4 * options.outputSize * this.shardImages);
    this.result = this.shard(24);
    this.firstImage = this.shard(4);
    this.counts = this.common(4 * SHARDS);
    this.settings = this.common(4 * Object.keys(SETTINGS).length);
    this.dropouts = options.network.layers.filter((layer) => layer.kind === 'dropout').map((layer) => layer.name);
    this.dropoutKeys = this.common(4 * this.dropouts.length);
    this.weights = this.common(this.layout.bytes);
    this.gradients = this.common(this.layout.bytes);
    // Every parameter is cut into stretches of at least this many values, but for one shorter end.
    const stretches = options.specs.reduce((sum, spec) => sum + Math.ceil(spec.size / MIN_STRETCH_VALUES), 0);
    this.squareSums = this.common(8 * stretches);
    this.#program = this.programs.differentiate;
  }

  /** Where the following calls go. */
  select(program: ProgramName): void {
    this.#program = this.programs[program];
    this.#program.push({ kind: 'shards', calls: [] });
  }

  /** All shards come this far before any goes on. */
  barrier(): void {
    this.#program.push({ kind: 'shards', calls: [] });
  }

  tasks(tasks: Call[][]): void {
    this.#program.push({ kind: 'tasks', tasks });
  }

  call<Kernel extends KernelName>(kernel: Kernel, args: Arguments<Kernel>): void {
    const phase = this.#program.at(-1);
    if (phase?.kind !== 'shards') throw new InkError('INK_INTERNAL', `The plan has no phase for ${kernel}.`);
    phase.calls.push(makeCall(kernel, args));
  }

  common(bytes: number): Buffer {
    return this.#fix({ place: 'common', bytes });
  }

  constant(values: Uint32Array | Float32Array): Buffer {
    const buffer = this.common(values.byteLength);
    this.constants.push({ buffer, values });
    return buffer;
  }

  /** A buffer of each shard that keeps its place and its contents. */
  shard(bytes: number): Buffer {
    return this.#fix({ place: 'shard', bytes });
  }

  /** `values` float32 for each picture of a shard. */
  perImage(values: number): Buffer {
    return { place: 'transient', bytes: values * 4 * this.shardImages };
  }

  bytesPerImage(bytes: number): Buffer {
    return { place: 'transient', bytes: bytes * this.shardImages };
  }

  /** Room that does not depend on the number of pictures. */
  transient(bytes: number): Buffer {
    return { place: 'transient', bytes };
  }

  shape(layer: string): Shape {
    return lookUp(this.shapes, layer);
  }

  /** Values of one picture in a layer's output. */
  size(layer: string): number {
    return this.shape(layer).reduce((product, side) => product * side, 1);
  }

  /** Values of a parameter. */
  parameterSize(name: string): number {
    return this.options.specs.find((spec) => spec.name === name)?.size ?? 0;
  }

  /** A parameter's values, from byte `offset` on. */
  weight(name: string, offset = 0): Argument {
    return at(this.weights, lookUp(this.layout.offsets, name) + offset);
  }

  /** The gradient of a parameter, from its value `from` on. */
  gradientOf(name: string, from = 0): Argument {
    return at(this.gradients, lookUp(this.layout.offsets, name) + from * 4);
  }

  /** A place for the sum of squares of one more stretch of the gradients. */
  squares(): Argument {
    return at(this.squareSums, 8 * this.#stretches++);
  }

  get stretches(): number {
    return this.#stretches;
  }

  /** Where the key of a dropout layer's mask is. */
  dropoutKey(layer: string): Argument {
    return at(this.dropoutKeys, 4 * this.dropouts.indexOf(layer));
  }

  /** Where a setting is. */
  setting(name: keyof typeof SETTINGS): Argument {
    return at(this.settings, SETTINGS[name]);
  }

  isTrained(layer: string): boolean {
    return !this.options.frozenLayers.has(layer);
  }

  #fix(buffer: Buffer): Buffer {
    this.fixed.push(buffer);
    return buffer;
  }
}
