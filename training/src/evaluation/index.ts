export {
  atTemperature,
  type CalibrationBin,
  type CalibrationError,
  calibrationError,
  fitTemperature,
} from './calibration.js';
export { type ChanceComparison, compareWithChance } from './compare-with-chance.js';
export { EnginePredictor } from './engine-predictor.js';
export { evaluate } from './evaluate.js';
export { inkValues } from './ink-values.js';
export type { TfliteSource } from './interpreter-predictor.js';
export { startNetworkPredictor, startRangedPredictors } from './network-predictor.js';
export { pictureLayout, writePicture } from './picture-layout.js';
export { type Predictions, predictAll, scorePredictions } from './predictions.js';
export type { InkRange, Predictor, RangedPredictors } from './predictor.js';
export { type ClassFigures, classFigures, matchLabels, type Score, Scoring } from './scoring.js';
export { startTflitePredictor } from './tflite-predictor.js';
export { usualRange } from './usual-range.js';
