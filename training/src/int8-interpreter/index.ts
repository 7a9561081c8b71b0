export { createInt8Interpreter, type Int8Interpreter, MACHINE_TIES } from './interpreter.js';
