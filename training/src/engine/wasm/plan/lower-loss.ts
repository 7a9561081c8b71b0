import { BOX_VALUES } from '@inkcast/shared/spots';
import type { CrossEntropyOptions, SpotsOptions } from '../../loss-options.js';
import type { Flow } from './flow.js';
import type { PlanBuilder } from './plan-builder.js';
import type { Buffer } from './program.js';

/** The loss, and its gradient by the layer that it reads. */
export function lowerLoss(flow: Flow): void {
  const { builder } = flow;
  const { loss, lossLayer } = builder.options;
  const output = flow.value(lossLayer);
  flow.contribute(lossLayer, (gradient) => {
    if (loss.kind === 'spots') callSpots(builder, loss, output, gradient);
    else callCrossEntropy(builder, loss, output, gradient);
  });
}

function callCrossEntropy(
  builder: PlanBuilder,
  { classWeights, labelSmoothing = 0, distillation }: CrossEntropyOptions,
  logits: Buffer,
  gradient: Buffer,
): void {
  const { outputSize: classes } = builder.options;
  const shared = {
    logits,
    labels: builder.labels,
    gradient,
    weights: builder.constant(Float32Array.from({ length: classes }, (_, label) => classWeights?.[label] ?? 1)),
    scale: builder.setting('lossScale'),
    result: builder.result,
    classes,
  };
  builder.call('crossEntropy', { ...shared, smoothing: labelSmoothing });
  if (distillation === undefined) return;
  builder.call('distillation', { ...shared, softLabels: builder.targets, ...distillation });
}

function callSpots(builder: PlanBuilder, { classes }: SpotsOptions, output: Buffer, gradient: Buffer): void {
  builder.call('spotsLoss', {
    output,
    targets: builder.targets,
    gradient,
    heatScale: builder.setting('lossScale'),
    boxScale: builder.setting('boxScale'),
    result: builder.result,
    cells: builder.options.outputSize / (classes + BOX_VALUES),
    classes,
  });
}

/** Brings what the network says of each picture to where predictions are read. */
export function lowerOutput(flow: Flow): void {
  const { builder } = flow;
  const { loss, lossLayer, outputSize } = builder.options;
  const from = flow.value(lossLayer);
  if (loss.kind === 'spots') builder.call('copyValues', { input: from, output: builder.predictions, size: outputSize });
  else builder.call('softmax', { logits: from, output: builder.predictions, classes: outputSize });
}
