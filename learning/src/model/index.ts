export { int8ModelOf, openModelIn, verifierModelOf } from './int8-model-of.js';
export { type Int8Model, type Opinion, opinionsOn } from './opinions.js';
export { verifyCandidate } from './verify-candidate.js';
