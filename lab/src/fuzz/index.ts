export { type FuzzOptions, type FuzzReport, fuzz } from './fuzz.js';
export { FUZZ_KINDS, type FuzzKind, isFuzzKind } from './kinds.js';
export { memoryFault } from './memory.js';
export type { FuzzTarget, OpenTarget } from './target.js';
