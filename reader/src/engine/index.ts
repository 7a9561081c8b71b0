export { engineCode } from './engine-kernels.js';
export type { EngineModel } from './engine-model.js';
export type { Rounding } from './lowering.js';
export { type Engine, openEngine } from './open-engine.js';
