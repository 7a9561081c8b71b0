export { boundNewObjects, collectSooner } from './bound-heap.js';
export { type Machine, prefersSmallParts, thisMachine } from './machine.js';
