import type { DeviceControl } from './device-control.js';
import type { RequestHandler } from './request-handler.js';

export const valueHandler =
  (device: DeviceControl): RequestHandler<'value'> =>
  ({ set, region }) =>
    set === undefined ? device.value(region) : device.setValue(set, region);
