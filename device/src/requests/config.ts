import type { DeviceControl } from './device-control.js';
import type { RequestHandler } from './request-handler.js';

export const configHandler =
  (device: DeviceControl): RequestHandler<'config'> =>
  ({ set }) => {
    if (set !== undefined) device.setConfig(set);
    const { values, live } = device.config();
    return { values, live: [...live] };
  };
