import { type FrameSource, takeFrame } from '../../camera/index.js';
import type { Check } from '../check.js';

/** Whether the camera delivers a frame. @param open makes the source */
export function cameraCheck(source: string, open: () => FrameSource): Check {
  return {
    name: 'camera',
    run: async (signal) => {
      const { width, height } = await takeFrame(open(), signal);
      return { status: 'ok', detail: `${source} delivers frames of ${width}x${height} pixels.` };
    },
  };
}
