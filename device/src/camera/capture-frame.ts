import { InkError } from '@inkcast/shared/errors';
import type { Frame } from './frame.js';
import type { FrameSource } from './frame-source.js';

/** A camera restarts by itself after a fault, so a single fault does not prove that it fails. */
const GRACE_MS = 3000;

/**
 * Starts a camera, takes one frame, and stops it.
 *
 * @param signal aborts the wait
 * @param settle frames to skip while exposure settles; fewer if no more arrive
 * @throws InkError the camera's first fault, or INK_CAMERA_FAILED
 */
export async function captureFrame(camera: FrameSource, signal: AbortSignal, settle = 0): Promise<Frame> {
  try {
    return await nextFrame(camera, signal, settle);
  } finally {
    await camera.stop();
  }
}

async function nextFrame(camera: FrameSource, signal: AbortSignal, settle: number): Promise<Frame> {
  let last: Frame | undefined;
  let fault: InkError | undefined;
  let grace: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      const finish = (): void => {
        if (last !== undefined) resolve(last);
        else reject(fault ?? new InkError('INK_CAMERA_FAILED', 'No frame came in time.'));
      };
      if (signal.aborted) return finish();
      signal.addEventListener('abort', finish, { once: true });
      const sink = {
        frame: async (frame: Frame): Promise<void> => {
          last = frame;
          if (frame.sequence >= settle) finish();
        },
        fault: (error: InkError): void => {
          fault ??= error;
          grace ??= setTimeout(finish, GRACE_MS);
        },
        end: (error?: InkError): void => {
          fault ??= error ?? new InkError('INK_CAMERA_FAILED', 'The camera ended without a frame.');
          finish();
        },
      };
      camera.start(sink).catch(reject);
    });
  } finally {
    clearTimeout(grace);
  }
}
