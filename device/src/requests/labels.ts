import type { DeviceControl } from './device-control.js';
import type { RequestHandler } from './request-handler.js';

/** Bytes of a crop as JSON, with its pixels in base64, and of what is around all of them; both are ample. */
const MAX_CROP_BYTES = 1400;
const FRAME_BYTES = 1000;

export const labelsHandler =
  (device: DeviceControl): RequestHandler<'labels'> =>
  ({ after, limit }, { maxBytes }) =>
    device.labels(after, Math.max(1, Math.min(limit, Math.floor((maxBytes - FRAME_BYTES) / MAX_CROP_BYTES))));
