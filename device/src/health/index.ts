export { type FrameTimes, Measurements } from './measurements.js';
export { ProblemList } from './problem-list.js';
export { processorTemperature } from './temperature.js';
