export { asymmetric, type Range } from './affine.js';
export { CALIBRATION_METHODS, type CalibrationMethod, calibrate } from './calibrate.js';
export { type LayerReport, reportLayers } from './layer-report.js';
export { quantizeInEngine } from './quantize-in-engine.js';
export { type QuantizeOptions, quantizeModel } from './quantize-model.js';
export { type NetworkQuantization, quantizeNetwork } from './quantize-network.js';
export { MAX_WEIGHT, quantizeWeights } from './quantize-weights.js';
export type { QuantizedNetwork } from './quantized-network.js';
export { requantize } from './requantize.js';
