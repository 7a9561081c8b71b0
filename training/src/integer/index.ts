export type { Ties } from './fixed-point.js';
export { doublingHighMultiply, type Multiplier, multiply, quantizeMultiplier, roundingShift } from './fixed-point.js';
export { createIntegerInterpreter, type IntegerInterpreter, MACHINE_TIES } from './interpreter.js';
