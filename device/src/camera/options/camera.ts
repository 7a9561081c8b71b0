import { z } from 'zod';
import { directoryOptions } from './directory.js';
import { httpOptions } from './http.js';
import { raspistillOptions } from './raspistill.js';
import { rpicamOptions } from './rpicam.js';
import { rtspOptions } from './rtsp.js';
import { v4l2Options } from './v4l2.js';
import { videoOptions } from './video.js';
import { watchOptions } from './watch.js';

/** One schema a source; `source` tells them apart. */
export const cameraOptions = z.discriminatedUnion('source', [
  directoryOptions,
  rpicamOptions,
  raspistillOptions,
  v4l2Options,
  httpOptions,
  rtspOptions,
  videoOptions,
  watchOptions,
]);

export type CameraOptions = z.infer<typeof cameraOptions>;
