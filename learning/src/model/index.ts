export { int8ModelOf, openModelIn } from './int8-model-of.js';
export { type Int8Model, type Opinion, opinionsOn } from './opinions.js';
