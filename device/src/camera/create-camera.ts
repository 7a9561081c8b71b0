import { DirectorySource } from './directory-source.js';
import { rtspSource, v4l2Source, videoSource } from './ffmpeg-sources.js';
import { maxFrameIntervalMs } from './frame-interval.js';
import type { FrameSource } from './frame-source.js';
import { HttpSource } from './http-source.js';
import type { CameraOptions } from './options/index.js';
import { RaspistillSource } from './raspistill-source.js';
import { rpicamSource } from './rpicam-source.js';
import { SupervisedSource, type SupervisionOptions } from './supervised-source.js';
import { WatchSource } from './watch-source.js';

/** Milliseconds for a live camera; the configuration may set others. */
const SILENT_AFTER = 10_000;
const FROZEN_AFTER = 30_000;

/** The configured camera, with supervision. */
export function createCamera(
  options: CameraOptions,
  supervision: Omit<SupervisionOptions, 'silentAfter' | 'frozenAfter'> = {},
): SupervisedSource {
  return new SupervisedSource(() => createSource(options), { ...supervision, ...alarmsOf(options) });
}

function createSource(options: CameraOptions): FrameSource {
  switch (options.source) {
    case 'rpicam':
      return rpicamSource(options);
    case 'raspistill':
      return new RaspistillSource(options);
    case 'v4l2':
      return v4l2Source(options);
    case 'http':
      return new HttpSource(options);
    case 'rtsp':
      return rtspSource(options);
    case 'video':
      return videoSource(options);
    case 'directory':
      return new DirectorySource(options);
    case 'watch':
      return new WatchSource(options);
  }
}

function alarmsOf(options: CameraOptions): Pick<SupervisionOptions, 'silentAfter' | 'frozenAfter'> {
  const { source, silentAfterMs, frozenAfterMs } = options;
  if (source === 'video' || source === 'directory' || source === 'watch') {
    return { silentAfter: silentAfterMs ?? 0, frozenAfter: frozenAfterMs ?? 0 };
  }
  const patience = maxFrameIntervalMs(options);
  const silentAfter = silentAfterMs ?? Math.max(SILENT_AFTER, patience);
  // If the alarm went off before the first frame can arrive, the camera would be restarted for ever.
  const isTooShort = source === 'rpicam' && silentAfter > 0 && silentAfter < patience;
  return {
    silentAfter: isTooShort ? patience : silentAfter,
    frozenAfter: frozenAfterMs ?? Math.max(FROZEN_AFTER, patience),
  };
}
