import type { DeviceControl } from './device-control.js';
import type { RequestHandler } from './request-handler.js';

export const pauseHandler =
  (device: DeviceControl): RequestHandler<'pause'> =>
  ({ paused }) => {
    device.setPaused(paused);
    return { paused };
  };

export const resumeHandler =
  (device: DeviceControl): RequestHandler<'resume'> =>
  () => {
    device.setPaused(false);
    return { paused: false };
  };
