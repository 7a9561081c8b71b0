import { inferShapes } from '../../../models/index.js';
import type { AdamOptions, AdamWOptions, OptimizerOptions } from '../../optimizer-options.js';
import { optimizerSlots } from '../../optimizer-options.js';
import type { ResolvedOptions } from '../../resolved-options.js';
import { type Backward, Flow, TASK_VALUES } from './flow.js';
import { type Group, groupLayers } from './group-layers.js';
import { lowerConvolution } from './lower-convolution.js';
import { lowerDense } from './lower-dense.js';
import { lowerLoss, lowerOutput } from './lower-loss.js';
import { lowerNorm } from './lower-norm.js';
import { lowerSingle } from './lower-single.js';
import type { Range } from './parameter-layout.js';
import { type Placement, placeBuffers } from './placement.js';
import { PlanBuilder, PROGRAMS } from './plan-builder.js';
import { at, type Buffer, type Call, makeCall } from './program.js';

/** Everything an engine does, as calls of kernels over planned memory. */
export interface Plan {
  readonly builder: PlanBuilder;
  readonly placement: Placement;
  /** What the optimizer remembers, by the names of `optimizerSlots`; each has the layout of the weights. */
  readonly slots: ReadonlyMap<string, Buffer>;
  readonly averaged: Buffer | undefined;
}

export function makePlan(options: ResolvedOptions): Plan {
  const shapes = inferShapes(options.network);
  const builder = new PlanBuilder(options, shapes);
  const groups = groupLayers(options.network, shapes);
  lowerTraining(builder, groups);
  lowerPrediction(builder, groups);
  const slots = new Map(optimizerSlots(options.optimizer).map((slot) => [slot, builder.common(builder.layout.bytes)]));
  const averaged = options.averageDecay === undefined ? undefined : builder.common(builder.layout.bytes);
  lowerStep(builder, slots, averaged);
  builder.programs.pack.push({ kind: 'tasks', tasks: builder.packing });
  const placement = placeBuffers(
    PROGRAMS.map((name) => builder.programs[name]),
    builder.fixed,
  );
  return { builder, placement, slots, averaged };
}

function lowerTraining(builder: PlanBuilder, groups: readonly Group[]): void {
  builder.select('differentiate');
  const flow = new Flow(builder, true);
  const backwards = lowerForward(flow, groups);
  lowerLoss(flow);
  for (const { output, backward } of backwards.reverse()) {
    if (flow.wantsGradient(output)) backward();
  }
  builder.tasks(builder.reductions);
}

function lowerForward(flow: Flow, groups: readonly Group[]): { output: string; backward: Backward }[] {
  const { network, loss } = flow.builder.options;
  flow.setValue(network.layers[0].name, flow.builder.images);
  // The softmax at the end is part of the cross-entropy.
  return groups
    .slice(1, loss.kind === 'spots' ? undefined : -1)
    .map((group) => ({ output: group.output, backward: lowerGroup(flow, group) }));
}

function lowerGroup(flow: Flow, group: Group): Backward {
  switch (group.kind) {
    case 'convolution':
      return lowerConvolution(flow, group);
    case 'dense':
      return lowerDense(flow, group);
    case 'norm':
      return lowerNorm(flow, group);
    case 'single':
      return lowerSingle(flow, group.layer);
  }
}

function lowerPrediction(builder: PlanBuilder, groups: readonly Group[]): void {
  builder.select('predict');
  const flow = new Flow(builder, false);
  lowerForward(flow, groups);
  lowerOutput(flow);
}

function lowerStep(builder: PlanBuilder, slots: ReadonlyMap<string, Buffer>, averaged: Buffer | undefined): void {
  const { layout, options, weights, settings } = builder;
  const steps: Call[][] = [];
  const decide = (gate: Buffer) =>
    makeCall('decideStep', {
      squares: builder.squareSums,
      count: builder.stretches,
      gate,
      limit: options.clipNorm ?? 0,
    });
  const stretch = (range: Range, visit: (from: number, count: number, gate: Buffer) => Call): void => {
    for (let from = range.from; from < range.to; from += TASK_VALUES * 4) {
      const gate = builder.transient(8);
      const count = Math.min(TASK_VALUES, (range.to - from) / 4);
      steps.push([decide(gate), visit(from, count, gate)]);
    }
  };
  for (const [range, decays] of [
    [layout.decayed, true],
    [layout.undecayed, false],
  ] as const) {
    stretch(range, (from, count, gate) => stepCall(builder, slots, { from, count, gate, decays }));
  }
  for (const movement of builder.movements) {
    const gate = builder.transient(8);
    steps.push([decide(gate), movement(gate)]);
  }
  builder.programs.step.push({ kind: 'tasks', tasks: steps });
  if (averaged === undefined) return;
  const averages: Call[][] = [];
  for (let from = 0; from < layout.bytes; from += TASK_VALUES * 4) {
    const gate = builder.transient(8);
    const count = Math.min(TASK_VALUES, (layout.bytes - from) / 4);
    averages.push([
      decide(gate),
      makeCall('moveAverage', { averaged: at(averaged, from), weights: at(weights, from), count, gate, settings }),
    ]);
  }
  builder.programs.step.push({ kind: 'tasks', tasks: averages });
}

interface Stretch {
  readonly from: number;
  readonly count: number;
  readonly gate: Buffer;
  readonly decays: boolean;
}

function stepCall(builder: PlanBuilder, slots: ReadonlyMap<string, Buffer>, stretch: Stretch): Call {
  const { from, count, gate, decays } = stretch;
  const optimizer: OptimizerOptions = builder.options.optimizer;
  const { settings } = builder;
  const weights = at(builder.weights, from);
  const gradient = at(builder.gradients, from);
  const [first, second] = [...slots.values()].map((slot) => at(slot, from));
  if (optimizer.kind === 'sgd') {
    const { momentum, nesterov } = optimizer;
    return makeCall('stepBySgd', {
      weights,
      gradient,
      velocity: first,
      count,
      gate,
      settings,
      momentum,
      nesterov,
      decays,
    });
  }
  const { beta1, beta2, epsilon }: AdamOptions | AdamWOptions = optimizer;
  return makeCall('stepByAdam', {
    weights,
    gradient,
    mean: first,
    variance: second,
    count,
    gate,
    settings,
    beta1,
    beta2,
    epsilon,
    decays,
  });
}
