export type { InferenceBackEnd } from './back-end.js';
export {
  type Classification,
  type DigitClassifier,
  type ModelDescription,
  NONE,
  QuantizedClassifier,
} from './digit-classifier.js';
