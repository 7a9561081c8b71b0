import { resolve } from 'node:path';
import { withCredentials } from './credentials.js';
import { ffmpegSource } from './ffmpeg.js';
import type { FrameSource } from './frame-source.js';
import type { RtspOptions, V4l2Options, VideoOptions } from './options/index.js';

/** Protocols through which a camera may send what its RTSP address leads to. */
const STREAM_PROTOCOLS = 'pipe,tcp,udp,rtp,srtp,tls';

/**
 * The RTSP stream of a network camera. ffmpeg reads the address from its standard input, as a list of one file (demuxer
 * `concat`): the password in it would show in the list of processes.
 */
export function rtspSource(options: RtspOptions, searchPath?: string): FrameSource {
  const { transport, rate, timeoutMs } = options;
  // Measuring the frame rate beforehand would only delay the first frame.
  const delays = { fflags: 'nobuffer', flags: 'low_delay', fpsprobesize: '0' };
  const stream = { rtsp_transport: transport, timeout: `${timeoutMs * 1000}`, ...delays };
  const list = [
    'ffconcat version 1.0',
    `file ${quoted(withCredentials(options).href)}`,
    ...Object.entries(stream).map(([name, value]) => `option ${name} ${value}`),
  ];
  const input = [
    ...['-f', 'concat', '-safe', '0', '-protocol_whitelist', STREAM_PROTOCOLS],
    ...Object.entries(delays).flatMap(([name, value]) => [`-${name}`, value]),
    ...['-i', 'pipe:0'],
  ];
  return ffmpegSource({ input, text: `${list.join('\n')}\n`, rate, waits: false, mayEnd: false }, searchPath);
}

/** A string as ffmpeg's lists quote it (ffmpeg-utils, "Quoting and escaping"). */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
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
