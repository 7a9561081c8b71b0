import { type FrameReader, type Reading, SteadyReader } from '@inkcast/reader/reading';
import type { VideoFrame } from '../../synthesis/index.js';
import { VideoJudge, type VideoScore } from './score-video.js';

export interface PlayedVideo extends VideoScore {
  readonly frames: number;
  /** Number of frames that were read. The others showed no change. */
  readonly framesRead: number;
  /** Mean time per read frame in milliseconds. */
  readonly msPerRead: number;
}

/** The frame of a fault, with the last reading. */
export interface FaultyFrame {
  readonly frame: VideoFrame;
  readonly reading: Reading;
  readonly fault: string;
}

export interface PlayListener {
  /** Called once per second of video. */
  progress?(seconds: number): void;
  fault?(faulty: FaultyFrame): void;
}

const START = Date.parse('2026-01-01T00:00:00Z');

/** Plays a video to the device's reader, with the video's own clock. */
export function playVideo(
  frames: Iterable<VideoFrame>,
  frameReader: Pick<FrameReader, 'read'>,
  listener: PlayListener = {},
): PlayedVideo {
  const reader = new SteadyReader(frameReader);
  const judge = new VideoJudge();
  let count = 0;
  let framesRead = 0;
  let spent = 0;
  let last: Omit<FaultyFrame, 'fault'> | undefined;
  let steady = last;
  for (const frame of frames) {
    const { read, change } = reader.take(frame, new Date(START + frame.at));
    if (read !== undefined) {
      framesRead++;
      spent += read.elapsedMs.vision + read.elapsedMs.inference;
      last = { frame, reading: read.reading };
    }
    for (const { text, isAboutLast } of judge.see(frame, change?.text)) {
      const faulty = isAboutLast ? steady : last;
      if (faulty !== undefined) listener.fault?.({ ...faulty, fault: text });
    }
    if (frame.state === 'steady') steady = last;
    count++;
    if (frame.at % 1000 === 0) listener.progress?.(frame.at / 1000);
  }
  return { ...judge.result(), frames: count, framesRead, msPerRead: framesRead === 0 ? 0 : spent / framesRead };
}
