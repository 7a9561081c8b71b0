import { resolve } from 'node:path';
import { ffmpegSource } from './ffmpeg.js';
import type { FrameSource } from './frame-source.js';
import type { VideoOptions } from './options/index.js';

/** A video file of any kind that ffmpeg reads. */
export function videoSource(options: VideoOptions, searchPath?: string): FrameSource {
  const { file, loop, realTime, rate } = options;
  const input = [
    ...(realTime ? ['-re'] : []),
    ...(loop ? ['-stream_loop', '-1'] : []),
    // Or a colon in the name would be taken for a protocol.
    ...['-i', `file:${resolve(file)}`],
  ];
  return ffmpegSource({ input, rate, waits: !realTime, mayEnd: true }, searchPath);
}
