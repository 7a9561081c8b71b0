export { Api } from './api.js';
export { ApiError, asApiError, type Issue } from './api-error.js';
export { valueOfSetting } from './setting-values.js';
export type * from './types.js';
