export { decodePercent } from './decode-percent.js';
