import type { DeviceControl } from './device-control.js';
import type { RequestHandler } from './request-handler.js';

export const valueHandler =
  (device: DeviceControl): RequestHandler<'value'> =>
  ({ set }) =>
    set === undefined ? device.value() : device.setValue(set);
