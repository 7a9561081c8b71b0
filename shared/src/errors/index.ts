export { ERROR_CATALOG, type ErrorCode, type ErrorEntry } from './catalog.js';
export { asInkError, type ErrorIssue, InkError } from './ink-error.js';
export { reasonOf } from './reason.js';
