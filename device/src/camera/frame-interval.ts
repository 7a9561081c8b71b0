import { InkError } from '@inkcast/shared/errors';
import type { CameraOptions, RpicamOptions } from './options/index.js';

/**
 * Frames that libcamera withholds at the start: up to 8 while exposure and white balance settle, and up to 3 that its
 * pipeline buffers.
 */
const START_FRAMES = 12;
/** A camera with a rate of one frame per minute is not silent after 10 s, so a few frames may be missed. */
const MISSED_FRAMES = 3;
/** Frames per second that automatic exposure may go down to in the dark; even its longest mode is faster. */
const LOW_LIGHT_RATE = 1;
/** rpicam-vid measures frame times in whole microseconds. */
const RATE_STEPS = 1e4;

/**
 * Frames per second that a Raspberry Pi camera can deliver: at most `rate`, and each frame must be exposed before the
 * next begins. rpicam-vid would silently shorten the exposure instead.
 */
export function possibleRate({ rate, shutterUs }: Pick<RpicamOptions, 'rate' | 'shutterUs'>): number {
  if (shutterUs === undefined || rate * shutterUs <= 1e6) return rate;
  return Math.floor((RATE_STEPS * 1e6) / shutterUs) / RATE_STEPS;
}

/** Maximum milliseconds without a frame from a working live camera, at its start or later. */
export function maxFrameIntervalMs(options: CameraOptions): number {
  switch (options.source) {
    case 'rpicam':
      return (START_FRAMES * 1000) / Math.min(possibleRate(options), options.lowLight ? LOW_LIGHT_RATE : Infinity);
    case 'raspistill':
    case 'http':
    case 'rtsp':
      // The supervision must not give up before the request's own time-out.
      return Math.max(MISSED_FRAMES * (1000 / options.rate), options.timeoutMs + 1000 / options.rate);
    case 'v4l2':
      return (MISSED_FRAMES * 1000) / options.rate;
    default:
      return 0;
  }
}

/** Frames are accepted slightly early, because a camera's frames have jitter. */
const EARLY = 0.9;

/** Minimum seconds between two frames that keep the rate at or below `rate`. */
export function minFrameInterval(rate: number): number {
  return EARLY / rate;
}

/** Warnings about options that the camera cannot fulfil, with what it does instead. */
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
