import { withCredentials } from './credentials.js';
import { ffmpegSource } from './ffmpeg.js';
import type { FrameSource } from './frame-source.js';
import type { RtspOptions } from './options/index.js';

/** A network camera's RTSP stream. */
export function rtspSource(options: RtspOptions, searchPath?: string): FrameSource {
  const { transport, rate, timeoutMs } = options;
  const input = [
    ...['-rtsp_transport', transport, '-timeout', `${timeoutMs * 1000}`, '-fflags', 'nobuffer', '-flags', 'low_delay'],
    // Frames are taken as they come; measuring their rate beforehand would only delay the first.
    ...['-fpsprobesize', '0'],
    ...['-i', withCredentials(options).href],
  ];
  return ffmpegSource({ input, rate, waits: false, mayEnd: false }, searchPath);
}
