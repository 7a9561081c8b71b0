export {
  atTemperature,
  type CalibrationBin,
  type CalibrationError,
  calibrationError,
  fitTemperature,
  type Predictions,
  predictAll,
} from './calibration.js';
export { evaluate } from './evaluate.js';
export { EnginePredictor, startNetworkPredictor } from './network-predictor.js';
export type { Predictor } from './predictor.js';
export { type ClassFigures, matchLabels, type Score, Scoring } from './scoring.js';
