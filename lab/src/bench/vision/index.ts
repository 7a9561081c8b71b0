import { isOpenCvNativeInstalled } from '@inkcast/device/vision';
import type { LumaFrame, VisionBuild } from '@inkcast/reader/vision';
import { openReader, type ReaderChoice } from '../../models/index.js';
import type { Benchmark, Ratio } from '../benchmark.js';
import { FRAME_SIZE, sceneFrames } from '../scene-frames.js';
import { openNativeChain } from './native-chain.js';
import type { PeerChain } from './peer-chain.js';
import { openWasmChain } from './wasm-chain.js';

const WARM_UP = 10;
const ROUNDS = 11;

/** Milliseconds of the processor a frame of 640x480, decoding excluded: medians over the scenes. */
interface BuildTimes {
  /** The chain of the tutorials in the same build: blur, adaptive threshold, contours, fitted and centred crops. */
  readonly tutorial: number;
  /** The smallest chain: Otsu's threshold, contours, stretched crops. */
  readonly otsu: number;
  readonly vision: number;
  readonly inference: number;
  /** The time for a whole frame, from luma to reading, divided by the time of each chain. */
  readonly toTutorial: number;
  readonly toOtsu: number;
}

interface Result {
  readonly frames: number;
  readonly builds: Readonly<Partial<Record<VisionBuild, BuildTimes>>>;
  /** WASM's time for vision against the native build's; null where that is not installed. */
  readonly wasmToNative: number | null;
}

async function measure(_words: readonly string[], choice: ReaderChoice): Promise<Result> {
  const frames = await sceneFrames();
  const wasm = await measureBuild('wasm', await openWasmChain(), frames, choice);
  if (!isOpenCvNativeInstalled()) return { frames: frames.length, builds: { wasm }, wasmToNative: null };
  const native = await measureBuild('native', openNativeChain(), frames, choice);
  return { frames: frames.length, builds: { wasm, native }, wasmToNative: round(wasm.vision / native.vision) };
}

async function measureBuild(
  build: VisionBuild,
  chain: PeerChain,
  frames: readonly LumaFrame[],
  choice: ReaderChoice,
): Promise<BuildTimes> {
  const { reader, close } = await openReader({ ...choice, vision: build });
  try {
    const inference = frames.map(() => 0);
    const times = timesOf(
      frames.map((frame, index) => ({
        tutorial: () => chain.run(frame, 'tutorial'),
        otsu: () => chain.run(frame, 'otsu'),
        whole: () => {
          const { elapsedMs } = reader.read(frame);
          inference[index] = elapsedMs.inference / (elapsedMs.vision + elapsedMs.inference);
        },
      })),
    );
    const middle = (value: (frame: FrameTimes) => number): number => round(median(times.map(value)));
    const whole = middle((frame) => frame.whole);
    const share = median(inference);
    return {
      tutorial: middle(({ tutorial }) => tutorial),
      otsu: middle(({ otsu }) => otsu),
      vision: round((1 - share) * whole),
      inference: round(share * whole),
      toTutorial: middle((frame) => frame.whole / frame.tutorial),
      toOtsu: middle((frame) => frame.whole / frame.otsu),
    };
  } finally {
    close();
  }
}

type Task = 'tutorial' | 'otsu' | 'whole';
type FrameTimes = Readonly<Record<Task, number>>;

/**
 * The median times of each frame over several rounds. In each round, all tasks of all frames take turns, so other work on
 * the machine slows all of them equally. As in a daemon, the compiler has finished its work before the measurement.
 */
function timesOf(frames: readonly Readonly<Record<Task, () => unknown>>[]): FrameTimes[] {
  const rounds = Array.from({ length: WARM_UP + ROUNDS }, () =>
    frames.map(
      (tasks): FrameTimes => ({
        tutorial: processorTime(tasks.tutorial),
        otsu: processorTime(tasks.otsu),
        whole: processorTime(tasks.whole),
      }),
    ),
  ).slice(WARM_UP);
  return frames.map((_, index) => {
    const middle = (task: Task): number => median(rounds.map((round) => round[index][task]));
    return {
      tutorial: middle('tutorial'),
      otsu: middle('otsu'),
      whole: middle('whole'),
    };
  });
}

/** Processor time in milliseconds. On a shared machine, the clock would also measure the work of others. */
function processorTime(work: () => unknown): number {
  const begun = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function describe({ frames, builds, wasmToNative }: Result): string[] {
  const lines = Object.entries(builds).map(
    ([build, times]) =>
      `${build}: vision ${times.vision} ms, inference ${times.inference} ms: ` +
      `${times.toTutorial} times the tutorials' chain (blur, adaptive threshold, ` +
      `contours, fitted and centred crops: ${times.tutorial} ms), ${times.toOtsu} times the least chain (Otsu, ` +
      `contours, stretched crops: ${times.otsu} ms)`,
  );
  const native =
    wasmToNative === null
      ? 'native: not installed (npm run setup:native)'
      : `WASM takes ${wasmToNative} times as long as native for vision`;
  return [`${frames} scenes of ${FRAME_SIZE.width}x${FRAME_SIZE.height}, medians of processor time`, ...lines, native];
}

function ratios({ builds }: Result): Ratio[] {
  return Object.entries(builds).flatMap(([build, { toTutorial, toOtsu }]) => [
    {
      what: `a whole frame with ${build} OpenCV`,
      peer: "the tutorials' chain of vision, which reads nothing",
      ratio: toTutorial,
    },
    { what: `a whole frame with ${build} OpenCV`, peer: 'the smallest chain of vision', ratio: toOtsu },
  ]);
}

export const benchmark: Benchmark<Result> = { measure, describe, ratios };
