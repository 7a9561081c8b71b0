export { FAULTS } from './faults.js';
export { type SoakOptions, type SoakReport, soak } from './soak.js';
export { growthIn, type Usage } from './usage.js';
