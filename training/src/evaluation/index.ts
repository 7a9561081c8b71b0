export {
  atTemperature,
  type CalibrationBin,
  type CalibrationError,
  calibrationError,
  fitTemperature,
} from './calibration.js';
export { evaluate } from './evaluate.js';
export { inkValues } from './ink-values.js';
export { type Learning, learningOf } from './learning.js';
export { EnginePredictor, startNetworkPredictor } from './network-predictor.js';
export { type Predictions, predictAll, scorePredictions } from './predictions.js';
export type { Predictor } from './predictor.js';
export { type ClassFigures, matchLabels, type Score, Scoring } from './scoring.js';
export { startTflitePredictor, type TfliteSource } from './tflite-predictor.js';
