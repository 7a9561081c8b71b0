export type { InferenceBackEnd } from './back-end.js';
export {
  type Classification,
  type DigitClassifier,
  type ModelDescription,
  NONE,
  QuantizedClassifier,
} from './digit-classifier.js';
export { findSpots, type Spot, type SpotMap } from './find-spots.js';
export { openClassifier } from './open-classifier.js';
export type { Runtime } from './runtime.js';
export { Spotter } from './spotter.js';
export { SpotterNetwork } from './spotter-network.js';
export { spotterOf } from './spotter-of.js';
export { PRINTED, type Verification, Verifier } from './verifier.js';
export { verifierOf } from './verifier-of.js';
