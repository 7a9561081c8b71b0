import { ffmpegSource } from './ffmpeg.js';
import type { FrameSource } from './frame-source.js';
import type { V4l2Options } from './options/index.js';

/** A USB camera, through Video4Linux. */
export function v4l2Source(options: V4l2Options, searchPath?: string): FrameSource {
  const { device, width, height, rate, inputFormat } = options;
  const input = [
    ...['-f', 'v4l2'],
    ...(inputFormat === undefined ? [] : ['-input_format', inputFormat]),
    ...['-video_size', `${width}x${height}`, '-framerate', `${rate}`, '-i', device],
  ];
  return ffmpegSource({ input, rate, waits: false, mayEnd: false }, searchPath);
}
