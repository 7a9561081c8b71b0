// What of the evaluation runs without Node.js.
export { atTemperature, calibrationError, fitTemperature } from '../calibration.js';
export { EnginePredictor, startEnginePredictor } from '../engine-predictor.js';
export { evaluate } from '../evaluate.js';
export { InterpreterPredictor, type OpenModel, type OpenTensor, type TfliteSource } from '../interpreter-predictor.js';
export { predictAll, scorePredictions } from '../predictions.js';
export type { Predictor } from '../predictor.js';
export type { Score } from '../scoring.js';
