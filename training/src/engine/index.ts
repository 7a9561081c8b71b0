export type { Batch, DistilledBatch, LabelledBatch, TargetBatch } from './batch.js';
export type {
  Backend,
  Engine,
  EngineOptions,
  EngineState,
  GradientResult,
  KernelBuild,
  StepResult,
  Weights,
} from './engine.js';
export {
  type CrossEntropyOptions,
  type DistillationOptions,
  type LossOptions,
  type SpotsOptions,
  targetValues,
} from './loss-options.js';
export { createEngine } from './node/create-engine.js';
export { nodeHost } from './node/node-host.js';
export {
  ADAM,
  ADAMW,
  type AdamOptions,
  type AdamWOptions,
  type OptimizerOptions,
  SGD,
  type SgdOptions,
} from './optimizer-options.js';
export { learningRateAt, type Schedule } from './schedule.js';
