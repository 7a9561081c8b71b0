export type { InferenceBackEnd } from './back-end.js';
export { CpuBackEnd, type CpuOptions, openCpuBackEnd } from './cpu-back-end.js';
export {
  type Classification,
  type DigitClassifier,
  type ModelDescription,
  NONE,
  QuantizedClassifier,
} from './digit-classifier.js';
export { type OpenBackEnd, openClassifier } from './open-classifier.js';
