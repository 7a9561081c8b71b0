export { type FrameTimes, Measurements } from './measurements.js';
export { ProblemList, type ProblemSource } from './problem-list.js';
export { processorTemperature } from './temperature.js';
