export {
  atTemperature,
  type CalibrationBin,
  type CalibrationError,
  calibrationError,
  fitTemperature,
} from './calibration.js';
export { type ChanceComparison, compareWithChance } from './compare-with-chance.js';
export { evaluate } from './evaluate.js';
export { inkValues } from './ink-values.js';
export { EnginePredictor, startNetworkPredictor, startRangedPredictors } from './network-predictor.js';
export { pictureLayout, writePicture } from './picture-layout.js';
export { type Predictions, predictAll, scorePredictions } from './predictions.js';
export type { InkRange, Predictor, RangedPredictors } from './predictor.js';
export { type ClassFigures, classFigures, matchLabels, type Score, Scoring } from './scoring.js';
export { startTflitePredictor, type TfliteSource } from './tflite-predictor.js';
export { usualRange } from './usual-range.js';
