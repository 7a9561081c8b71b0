import type { DeviceControl } from './device-control.js';
import type { RequestHandler } from './request-handler.js';

const OTHER_BYTES = 3000;

export const snapshotHandler =
  (device: DeviceControl): RequestHandler<'snapshot'> =>
  async ({ boxes, publish }, { maxBytes, again }) => {
    const { jpeg, frame, capturedAt, reading, readings } = await device.snapshot(boxes, bytesOfPicture(maxBytes));
    if (publish && !again) device.publishImage(jpeg);
    return {
      contentType: 'image/jpeg',
      image: jpeg.toString('base64'),
      frame,
      capturedAt: capturedAt.toISOString(),
      reading,
      ...(readings === undefined ? {} : { readings: [...readings] }),
    };
  };

/** Of a response the reading, the names and the transaction, generously; base64 makes four bytes of three. */
function bytesOfPicture(maxBytes: number): number {
  return Math.max(0, Math.floor(((maxBytes - OTHER_BYTES) * 3) / 4));
}
