import {
  type CameraOptions,
  cameraWarnings,
  captureFrame,
  createCamera,
  maxFrameIntervalMs,
} from '../../camera/index.js';
import type { Check } from '../check.js';

/** For a program to start, beyond the time that the first frame takes. */
const START_MS = 10_000;

/** Whether the camera delivers a frame, as it is asked to. */
export function cameraCheck(options: CameraOptions): Check {
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
