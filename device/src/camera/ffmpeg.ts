import { WORKING_SIDE } from './decode-picture.js';
import { minFrameInterval } from './frame-interval.js';
import { PgmCutter } from './pgm-cutter.js';
import { ProgramSource } from './program-source.js';

export interface FfmpegInput {
  /** Options for ffmpeg's input, then `-i` and the input. */
  readonly input: readonly string[];
  /** Text for ffmpeg's standard input. */
  readonly text?: string;
  /** Maximum frames per second; further frames are dropped. Without it, all frames are delivered. */
  readonly rate?: number | undefined;
  /** Whether each frame waits until the one before has been processed. */
  readonly waits: boolean;
  /** Whether the input may end without a failure. */
  readonly mayEnd: boolean;
}

/**
 * Frames that ffmpeg decodes. It reduces them to the working size and writes them as PGM pictures, because each PGM
 * names its own size: the size of a stream is unknown at first and may change. Needs ffmpeg 5.1.
 *
 * @param searchPath folders to search for ffmpeg, instead of those of PATH
 */
export function ffmpegSource({ input, text, rate, waits, mayEnd }: FfmpegInput, searchPath?: string): ProgramSource {
  const thin =
    rate === undefined
      ? []
      : [`select='isnan(prev_selected_t)+gte(t-prev_selected_t,${minFrameInterval(rate).toFixed(6)})'`];
  const reduce = `scale=w='min(iw,${WORKING_SIDE})':h='min(ih,${WORKING_SIDE})':force_original_aspect_ratio=decrease`;
  return new ProgramSource(
    {
      programs: ['ffmpeg'],
      debianPackage: 'ffmpeg',
      args: [
        ...['-hide_banner', '-nostdin', '-loglevel', 'error'],
        ...input,
        ...['-map', '0:v:0', '-vf', [...thin, reduce].join(','), '-fps_mode', 'passthrough'],
        ...['-pix_fmt', 'gray', '-c:v', 'pgm', '-f', 'image2pipe', '-flush_packets', '1', 'pipe:1'],
      ],
      input: text,
      cutter: new PgmCutter(),
      waits,
      mayEnd,
    },
    searchPath,
  );
}
