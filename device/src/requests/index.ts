export type { ConfigValues, DeviceControl, ModelEntry, Snapshot } from './device-control.js';
export { type RequestHandlers, UNBOUNDED } from './request-handler.js';
export { requestHandlers } from './request-handlers.js';
export { type RequestRate, RequestServer, type RequestServerOptions } from './request-server.js';
