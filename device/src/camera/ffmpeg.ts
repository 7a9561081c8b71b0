import { WORKING_SIDE } from './decode-picture.js';
import { minFrameInterval } from './frame-interval.js';
import { PgmCutter } from './pgm-cutter.js';
import { ProgramSource } from './program-source.js';

export interface FfmpegInput {
  /** What ffmpeg reads, and how: options for the input, then `-i` and the input. */
  readonly input: readonly string[];
  /** Frames a second at most; further ones are dropped. All, where it is left out. */
  readonly rate?: number | undefined;
  /** Each frame waits until the one before has been processed. */
  readonly waits: boolean;
  /** The input has an end that is no failure. */
  readonly mayEnd: boolean;
}

/**
 * Frames that ffmpeg decodes. They come as a row of PGM pictures, each naming its size, since the size of a stream is
 * not known beforehand and may change; reduced to the working size by ffmpeg, never enlarged. Needs ffmpeg 5.1.
 *
 * @param searchPath folders to find ffmpeg in, instead of those of PATH
 */
export function ffmpegSource({ input, rate, waits, mayEnd }: FfmpegInput, searchPath?: string): ProgramSource {
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
      cutter: new PgmCutter(),
      waits,
      mayEnd,
    },
    searchPath,
  );
}
