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

/**
 * The picture's share of a response, with generous room for the reading, the names and the transaction. Base64 turns
 * three bytes into four.
 */
function bytesOfPicture(maxBytes: number): number {
  return Math.max(0, Math.floor(((maxBytes - OTHER_BYTES) * 3) / 4));
}
