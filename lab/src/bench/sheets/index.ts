import type { Reading } from '@inkcast/reader/reading';
import type { ReaderChoice } from '../../models/index.js';
import type { VideoFrame } from '../../synthesis/index.js';
import type { Benchmark } from '../benchmark.js';
import { numberFrom } from '../number-from.js';
import { openVideoBench } from '../video/open-video-bench.js';
import { pictureFault } from '../video/picture-fault.js';
import { judgeSheet, type SheetVerdict } from './judge-sheet.js';

export { judgeSheet } from './judge-sheet.js';

const DEFAULT_FRAMES = 600;
const SEED = 1;
/** Interval between frames: about as long as a sheet is in view, so that few sheets are read twice. */
const SECONDS_PER_FRAME = 5;

interface Result extends Readonly<Record<SheetVerdict, number>> {
  readonly model: string;
  readonly seed: number;
  /** Frames that show a sheet, written on or blank, at rest and undisturbed. */
  readonly sheets: number;
  readonly faults: readonly string[];
}

/**
 * Reads one still frame of each sheet of a long simulated video. This measures vision and the model without the tracker,
 * and is much faster than the video.
 *
 * @param words optionally the number of frames, a seed, and a folder for pictures of the faults
 */
async function measure([frames, seed, folder]: readonly string[], choice: ReaderChoice): Promise<Result> {
  const options = {
    seconds: SECONDS_PER_FRAME * numberFrom(frames, 'the number of sheets', DEFAULT_FRAMES),
    framesPerSecond: 1 / SECONDS_PER_FRAME,
    seed: numberFrom(seed, 'the seed', SEED, 0),
  };
  const bench = await openVideoBench(choice);
  const { video, reader, model } = bench;
  try {
    const counts = { right: 0, held: 0, wrong: 0 };
    const faults: string[] = [];
    for (const frame of video.frames(options)) {
      if (frame.state !== 'steady') continue;
      const { reading } = reader.read(frame);
      const verdict = judgeSheet(reading, frame.text);
      counts[verdict]++;
      if (verdict === 'right') continue;
      faults.push(fault(frame, reading, verdict));
      process.stderr.write(`${faults[faults.length - 1]}\n`);
      if (folder !== undefined) await pictureFault(folder, frame, reading);
    }
    const sheets = counts.right + counts.held + counts.wrong;
    return { model, seed: options.seed, sheets, ...counts, faults };
  } finally {
    bench.close();
  }
}

function fault({ at, text }: VideoFrame, reading: Reading, verdict: SheetVerdict): string {
  const [shown, read] = [text, reading.text].map((words) => JSON.stringify(words));
  return `${at / 1000} s: ${shown} in view, ${read} read, ${verdict}`;
}

function describe({ model, seed, sheets, right, held, wrong, faults }: Result): string[] {
  return [
    `${model}: a still frame of each of ${sheets} sheets, seed ${seed}`,
    `right ${right}, held back ${held}, wrong ${wrong}`,
    ...faults.map((text) => `  ${text}`),
  ];
}

export const benchmark: Benchmark<Result> = { measure, describe };
