export { importModel } from './import-model.js';
export { measureRange, measureRanges, type RangeScore } from './measure-ranges.js';
