export { ERROR_CATALOG, type ErrorCode, type ErrorEntry } from './catalog.js';
export { asInkError, InkError } from './ink-error.js';
export { reasonOf } from './reason.js';
