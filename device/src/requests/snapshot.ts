import type { DeviceControl } from './device-control.js';
import type { RequestHandler } from './request-handler.js';

export const snapshotHandler =
  (device: DeviceControl): RequestHandler<'snapshot'> =>
  async ({ boxes, publish }) => {
    const { jpeg, capturedAt, reading } = await device.snapshot(boxes);
    if (publish) device.publishImage(jpeg);
    return {
      contentType: 'image/jpeg',
      image: jpeg.toString('base64'),
      capturedAt: capturedAt.toISOString(),
      reading,
    };
  };
