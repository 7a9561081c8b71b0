import {
  type CameraOptions,
  cameraWarnings,
  captureFrame,
  createCamera,
  maxFrameIntervalMs,
  noCamera,
} from '../../camera/index.js';
import type { Check } from '../check.js';

/** Time for a program to start, in addition to the time for the first frame. */
const START_MS = 10_000;

/** Checks that the camera delivers a frame with the configured options. @param options undefined where none is configured */
export function cameraCheck(options: CameraOptions | undefined): Check {
  if (options === undefined) return { name: 'camera', run: () => Promise.reject(noCamera()) };
  return {
    name: 'camera',
    mayTake: maxFrameIntervalMs(options) + START_MS,
    run: async (signal) => {
      const { width, height } = await captureFrame(createCamera(options), signal);
      const detail = `${options.source} delivers frames of ${width}x${height} pixels.`;
      const [warning] = cameraWarnings(options);
      if (warning === undefined) return { status: 'ok', detail };
      return { status: 'warning', detail: `${detail} ${warning.message}`, remedy: warning.remedy };
    },
  };
}
