import { InkError } from '@inkcast/shared/errors';
import type { Frame, FrameSource } from '../../camera/index.js';
import type { Check } from '../check.js';

/** A camera starts again by itself after a fault, so one alone does not say that it fails. */
const GRACE_MS = 3000;

/** Whether the camera delivers a frame. @param open makes the source */
export function cameraCheck(source: string, open: () => FrameSource): Check {
  return {
    name: 'camera',
    run: async (signal) => {
      const camera = open();
      try {
        const { width, height } = await firstFrame(camera, signal);
        return { status: 'ok', detail: `${source} delivers frames of ${width}x${height} pixels.` };
      } finally {
        await camera.stop();
      }
    },
  };
}

async function firstFrame(camera: FrameSource, signal: AbortSignal): Promise<Frame> {
  let fault: InkError | undefined;
  let grace: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      const fail = (): void => reject(fault ?? new InkError('INK_CAMERA_FAILED', 'No frame came in time.'));
      signal.addEventListener('abort', fail, { once: true });
      const sink = {
        frame: async (frame: Frame): Promise<void> => resolve(frame),
        fault: (error: InkError): void => {
          fault ??= error;
          grace ??= setTimeout(fail, GRACE_MS);
        },
        end: (error?: InkError): void => {
          fault ??= error ?? new InkError('INK_CAMERA_FAILED', 'The camera ended without a frame.');
          fail();
        },
      };
      camera.start(sink).catch(reject);
    });
  } finally {
    clearTimeout(grace);
  }
}
