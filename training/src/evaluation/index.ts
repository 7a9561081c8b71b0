export { evaluate } from './evaluate.js';
export { EnginePredictor, startNetworkPredictor } from './network-predictor.js';
export type { Predictor } from './predictor.js';
export { type ClassFigures, matchLabels, type Score, Scoring } from './scoring.js';
