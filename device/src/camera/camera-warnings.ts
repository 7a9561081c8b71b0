import { InkError } from '@inkcast/shared/errors';
import { possibleRate } from './frame-interval.js';
import type { CameraOptions } from './options/index.js';

/** What a camera cannot do as its options ask, and what it does instead. */
export function cameraWarnings(options: CameraOptions): InkError[] {
  if (options.source !== 'rpicam') return [];
  const { rate, shutterUs } = options;
  const possible = possibleRate(options);
  if (shutterUs === undefined || possible === rate) return [];
  return [
    new InkError(
      'INK_CAMERA_SLOWED',
      `camera.shutterUs of ${shutterUs} is longer than a frame at camera.rate ${rate}; ` +
        `the camera delivers ${possible} frames a second.`,
      { remedy: `Set camera.rate to ${possible} or less, or camera.shutterUs to ${Math.floor(1e6 / rate)} or less.` },
    ),
  ];
}
