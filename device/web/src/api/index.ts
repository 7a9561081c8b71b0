export { Api } from './api.js';
export { ApiError, type Issue } from './api-error.js';
export type * from './types.js';
