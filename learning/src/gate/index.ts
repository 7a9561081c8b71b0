export { type GateTask, gate } from './gate.js';
export { type ReadTwice, verdictOf } from './verdict.js';
