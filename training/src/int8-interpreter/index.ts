export { createInt8Interpreter, type Int8Interpreter, machineTies } from './interpreter.js';
