export { int8ModelOf, verifierModelOf } from './int8-model-of.js';
export { type Int8Model, type Opinion, opinionsOn } from './opinions.js';
export { samplePictures } from './sample-pictures.js';
