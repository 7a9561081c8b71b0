import type { DeviceControl } from './device-control.js';
import type { RequestHandler } from './request-handler.js';

export const pauseHandler =
  (device: DeviceControl): RequestHandler<'pause'> =>
  ({ paused }) => {
    device.setPaused(paused);
    return { paused };
  };
