import { InkError } from '@inkcast/shared/errors';
import type { CameraOptions, RpicamOptions } from './options/index.js';

/**
 * Frames that libcamera keeps back at the start, while exposure and white balance find their values, and that its
 * pipeline holds: 8 of the one and 3 of the other at most.
 */
const START_FRAMES = 12;
/** A camera that is asked for a frame each minute is not silent after 10 s. */
const MISSED_FRAMES = 3;
/** Frames a second that automatic exposure may go down to in the dark; its longest mode stays above it. */
const LOW_LIGHT_RATE = 1;
/** rpicam-vid counts frames in whole microseconds. */
const RATE_STEPS = 1e4;

/**
 * Frames a second that a camera of the Raspberry Pi can deliver: no more than `rate`, and none may begin before the one
 * in front of it is exposed. rpicam-vid would cut the exposure short instead, and say nothing.
 */
export function possibleRate({ rate, shutterUs }: Pick<RpicamOptions, 'rate' | 'shutterUs'>): number {
  if (shutterUs === undefined || rate * shutterUs <= 1e6) return rate;
  return Math.floor((RATE_STEPS * 1e6) / shutterUs) / RATE_STEPS;
}

/** Milliseconds in which a live camera that is well may deliver no frame, at its start or later. */
export function maxFrameIntervalMs(options: CameraOptions): number {
  switch (options.source) {
    case 'rpicam':
      return (START_FRAMES * 1000) / Math.min(possibleRate(options), options.lowLight ? LOW_LIGHT_RATE : Infinity);
    case 'raspistill':
    case 'http':
    case 'rtsp':
      // What is given up after its time-out must not be given up before.
      return Math.max(MISSED_FRAMES * (1000 / options.rate), options.timeoutMs + 1000 / options.rate);
    case 'v4l2':
      return (MISSED_FRAMES * 1000) / options.rate;
    default:
      return 0;
  }
}

/** Frames are taken somewhat early, since those of a camera come with jitter. */
const EARLY = 0.9;

/** Seconds that must lie between two frames, so that no more than `rate` come in a second. */
export function minFrameInterval(rate: number): number {
  return EARLY / rate;
}

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
