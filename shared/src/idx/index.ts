export { encodeIdx, type IdxArray, parseIdx } from './idx.js';
