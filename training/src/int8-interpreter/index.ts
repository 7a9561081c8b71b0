export type { Ties } from './fixed-point.js';
export { doublingHighMultiply, type Multiplier, multiply, quantizeMultiplier, roundingShift } from './fixed-point.js';
export { createInt8Interpreter, type Int8Interpreter, MACHINE_TIES } from './interpreter.js';
