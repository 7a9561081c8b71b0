import type { DeviceControl } from './device-control.js';
import type { RequestHandler } from './request-handler.js';

export const resumeHandler =
  (device: DeviceControl): RequestHandler<'resume'> =>
  () => {
    device.setPaused(false);
    return { paused: false };
  };
