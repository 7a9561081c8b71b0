export { type Machine, prefersSmallParts, thisMachine } from './machine.js';
