import type { ReaderChoice } from '../../models/index.js';
import type { Benchmark } from '../benchmark.js';
import { numberFrom } from '../number-from.js';
import { openVideoBench } from './open-video-bench.js';
import { pictureFault } from './picture-fault.js';
import { type FaultyFrame, type PlayedVideo, playVideo } from './play-video.js';

export { openVideoBench } from './open-video-bench.js';
export { playVideo } from './play-video.js';
export { VideoJudge, type VideoScore } from './score-video.js';

const DEFAULT_SECONDS = 600;
const FRAMES_PER_SECOND = 10;
const SEED = 1;

interface Result extends PlayedVideo {
  readonly model: string;
  readonly seconds: number;
  readonly framesPerSecond: number;
  readonly seed: number;
  /** Number of test digits that the video does not show, because their handwriting is doubtful. */
  readonly leftOut: number;
}

/** @param words optionally the seconds of video, a seed, and a folder for pictures of the faults */
async function measure([seconds, seed, folder]: readonly string[], choice: ReaderChoice): Promise<Result> {
  const options = {
    seconds: numberFrom(seconds, 'the seconds', DEFAULT_SECONDS),
    framesPerSecond: FRAMES_PER_SECOND,
    seed: numberFrom(seed, 'the seed', SEED, 0),
  };
  const bench = await openVideoBench(choice);
  const { video, reader, model } = bench;
  try {
    const faulty: FaultyFrame[] = [];
    const played = playVideo(video.frames(options), reader, {
      progress: (second) => {
        if (second % 30 === 0) process.stderr.write(`${second} of ${options.seconds} s\n`);
      },
      fault: (frame) => {
        process.stderr.write(`${frame.fault}\n`);
        faulty.push(frame);
      },
    });
    if (folder !== undefined) {
      for (const { frame, reading } of faulty) await pictureFault(folder, frame, reading);
    }
    return { model, ...options, leftOut: video.leftOut, ...played };
  } finally {
    bench.close();
  }
}

function describe(result: Result): string[] {
  const { numbers, published, late, missed, wrong, flickers, blanks, uncleared, delayMs } = result;
  const share = ((100 * result.framesRead) / result.frames).toFixed(0);
  return [
    `${result.model}: ${result.seconds} s of video at ${result.framesPerSecond} frames per second, seed ${result.seed}`,
    `${result.leftOut} of MNIST's test digits are left out as illegible, and what is so as drawn is drawn anew`,
    `numbers shown for 2 s or more: ${numbers}; published ${published}, late ${late}, missed ${missed}`,
    `steady time before a number is published: median ${delayMs.median} ms, at most ${delayMs.greatest} ms`,
    `wrong readings published: ${wrong}; flickers: ${flickers}`,
    `blank sheets shown for 2 s or more: ${blanks}; not cleared ${uncleared}`,
    `frames read: ${result.framesRead} of ${result.frames} (${share} %), ${result.msPerRead.toFixed(1)} ms each`,
    ...result.faults.map((fault) => `  ${fault}`),
  ];
}

export const benchmark: Benchmark<Result> = { measure, describe };
