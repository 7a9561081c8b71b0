export { Api } from './api.js';
export { ApiError, asApiError, type Issue } from './api-error.js';
export { DeviceEvents } from './device-events.js';
export { valueOfSetting } from './setting-values.js';
export type * from './teach-types.js';
export type * from './types.js';
