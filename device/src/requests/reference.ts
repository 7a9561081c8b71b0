import type { DeviceControl } from './device-control.js';
import type { RequestHandler } from './request-handler.js';

export const referenceHandler =
  (device: DeviceControl): RequestHandler<'reference'> =>
  ({ action }) =>
    device.reference(action);
