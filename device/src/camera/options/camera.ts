import { z } from 'zod';
import { directoryOptions } from './directory.js';
import { httpOptions } from './http.js';
import { raspistillOptions } from './raspistill.js';
import { rpicamOptions } from './rpicam.js';
import { rtspOptions } from './rtsp.js';
import { v4l2Options } from './v4l2.js';
import { videoOptions } from './video.js';
import { watchOptions } from './watch.js';

const anySource = z.discriminatedUnion('source', [
  directoryOptions,
  rpicamOptions,
  raspistillOptions,
  v4l2Options,
  httpOptions,
  rtspOptions,
  videoOptions,
  watchOptions,
]);

/** One schema per source; `source` selects it. */
export const cameraOptions = anySource.refine(hearsEveryFrame, {
  path: ['silentAfterMs'],
  error: 'must be 0 or longer than the time from one frame to the next, 1000 / rate',
});

export type CameraOptions = z.infer<typeof cameraOptions>;

/**
 * Whether the silence alarm waits longer than one frame takes. Otherwise a slow camera would be restarted after each
 * frame.
 */
function hearsEveryFrame(options: z.infer<typeof anySource>): boolean {
  const { silentAfterMs = 0 } = options;
  if (silentAfterMs === 0 || options.source === 'watch') return true;
  const framesPerSecond = options.source === 'directory' ? Math.max(options.rate, options.frameRate) : options.rate;
  return framesPerSecond === undefined || silentAfterMs > 1000 / framesPerSecond;
}
