export { halfToNumber } from './half-to-number.js';
export { numberToHalf } from './number-to-half.js';
