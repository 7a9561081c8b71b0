import { resolve } from 'node:path';
import { withCredentials } from './credentials.js';
import { ffmpegSource } from './ffmpeg.js';
import type { FrameSource } from './frame-source.js';
import type { RtspOptions, V4l2Options, VideoOptions } from './options/index.js';

/** The RTSP stream of a network camera. */
export function rtspSource(options: RtspOptions, searchPath?: string): FrameSource {
  const { transport, rate, timeoutMs } = options;
  const input = [
    ...['-rtsp_transport', transport, '-timeout', `${timeoutMs * 1000}`, '-fflags', 'nobuffer', '-flags', 'low_delay'],
    // Measuring the frame rate beforehand would only delay the first frame.
    ...['-fpsprobesize', '0'],
    ...['-i', withCredentials(options).href],
  ];
  return ffmpegSource({ input, rate, waits: false, mayEnd: false }, searchPath);
}

/** A USB camera, read through Video4Linux. */
export function v4l2Source(options: V4l2Options, searchPath?: string): FrameSource {
  const { device, width, height, rate, inputFormat } = options;
  const input = [
    ...['-f', 'v4l2'],
    ...(inputFormat === undefined ? [] : ['-input_format', inputFormat]),
    ...['-video_size', `${width}x${height}`, '-framerate', `${rate}`, '-i', device],
  ];
  return ffmpegSource({ input, rate, waits: false, mayEnd: false }, searchPath);
}

/** A video file in any format that ffmpeg reads. */
export function videoSource(options: VideoOptions, searchPath?: string): FrameSource {
  const { file, loop, realTime, rate } = options;
  const input = [
    ...(realTime ? ['-re'] : []),
    ...(loop ? ['-stream_loop', '-1'] : []),
    // Without `file:`, ffmpeg would take a colon in the name for a protocol.
    ...['-i', `file:${resolve(file)}`],
  ];
  return ffmpegSource({ input, rate, waits: !realTime, mayEnd: true }, searchPath);
}
