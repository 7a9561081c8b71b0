import type { DigitClassifier } from '@inkcast/device/inference';
import { FrameReader, SteadyReader } from '@inkcast/device/reading';
import type { VisionOperations } from '@inkcast/device/vision';
import type { VideoFrame } from '@inkcast/training/synthesis';
import { VideoJudge, type VideoScore } from './score-video.js';

export interface PlayedVideo extends VideoScore {
  readonly frames: number;
  /** Frames that were looked at; in the others nothing had changed. */
  readonly framesRead: number;
  /** Mean time in milliseconds of a frame that was read. */
  readonly msPerRead: number;
}

const START = Date.parse('2026-01-01T00:00:00Z');

/** Plays a video to the device's reader, by the video's own clock. @param progress called once a second of video */
export function playVideo(
  frames: Iterable<VideoFrame>,
  operations: VisionOperations,
  classifier: DigitClassifier,
  progress: (seconds: number) => void = () => {},
): PlayedVideo {
  const reader = new SteadyReader(new FrameReader(operations, classifier));
  const judge = new VideoJudge();
  let count = 0;
  let framesRead = 0;
  let spent = 0;
  for (const frame of frames) {
    const { read, change } = reader.take(frame, new Date(START + frame.at));
    if (read !== undefined) {
      framesRead++;
      spent += read.elapsedMs.vision + read.elapsedMs.inference;
    }
    judge.see(frame, change?.text);
    count++;
    if (frame.at % 1000 === 0) progress(frame.at / 1000);
  }
  return { ...judge.result(), frames: count, framesRead, msPerRead: framesRead === 0 ? 0 : spent / framesRead };
}
