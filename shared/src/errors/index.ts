export { ERROR_CATALOG, type ErrorCode, type ErrorEntry } from './catalog.js';
export { asInkError, bodyOf, type ErrorBody, type ErrorIssue, errorOf, InkError } from './ink-error.js';
export { reasonOf } from './reason.js';
