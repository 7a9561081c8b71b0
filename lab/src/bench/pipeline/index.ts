import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, Mosquitto, openListener } from '../../broker/index.js';
import type { Benchmark, Ratio } from '../benchmark.js';
import { numberFrom } from '../number-from.js';
import { median } from '../statistics.js';
import { timeBareLoop } from './bare-loop.js';
import { type SceneFolders, writeSceneFolders } from './scene-folders.js';
import { type Cost, type Flow, WatchedDaemon } from './watched-daemon.js';

const DEFAULT_SECONDS = 15;
const RATES = [1, 5, 10, 30];
/** A reading needs more than one frame of a scene. */
const FRAMES_PER_SCENE = 3;
const MAX_SCENES_PER_SECOND = 5;
/** The first reading does not wait long for a second frame of a camera with at least this rate. */
const MIN_RATE_OF_STARTS = 10;
const REST_RATE = 10;

interface Result {
  readonly seconds: number;
  /** Median from the start of the process to the first event at a subscriber. */
  readonly startToFirstReadingMs: number;
  /** By the frames per second of the camera. */
  readonly rates: Readonly<Record<string, Flow>>;
  /** A scene that does not change, and a device that is paused. */
  readonly rest: { readonly still: Cost; readonly paused: Cost };
  /** Processor milliseconds a frame that is only decoded and published, in a program without a reader. */
  readonly bareMsPerFrame: number;
}

/**
 * Whole daemons with the default configuration, seen from outside: frames of 640x480 in, messages of a broker out.
 *
 * @param words optionally the seconds of each phase, and the frames per second of the cameras
 */
async function measure([secondsText, ...rateTexts]: readonly string[]): Promise<Result> {
  const seconds = numberFrom(secondsText, 'the seconds', DEFAULT_SECONDS);
  const rates = rateTexts.length === 0 ? RATES : rateTexts.map((text) => numberFrom(text, 'the frames per second', 1));
  const folder = await mkdtemp(join(tmpdir(), 'inkcast-bench-pipeline-'));
  try {
    const port = await freePort();
    const broker = await Mosquitto.start(folder, [...openListener(port), 'log_type error']);
    try {
      return await measureAt(`mqtt://127.0.0.1:${port}`, folder, await writeSceneFolders(folder), { seconds, rates });
    } finally {
      await broker.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Phases {
  readonly seconds: number;
  readonly rates: readonly number[];
}

async function measureAt(url: string, folder: string, scenes: SceneFolders, phases: Phases): Promise<Result> {
  const { seconds } = phases;
  const starts: number[] = [];
  const during = async <T>(
    name: string,
    camera: { readonly frameRate: number },
    work: (daemon: WatchedDaemon) => Promise<T>,
  ): Promise<T> => {
    process.stderr.write(`pipeline: ${name}\n`);
    const options = { source: 'directory', loop: true, ...camera };
    const daemon = await WatchedDaemon.start(join(folder, name.replaceAll(' ', '-')), url, options);
    if (camera.frameRate >= MIN_RATE_OF_STARTS) starts.push(daemon.firstReadingMs);
    try {
      return await work(daemon);
    } finally {
      await daemon.stop();
    }
  };
  const rates: Record<string, Flow> = {};
  for (const frameRate of phases.rates) {
    const camera = {
      folder: scenes.changing,
      rate: Math.min(frameRate / FRAMES_PER_SCENE, MAX_SCENES_PER_SECOND),
      frameRate,
    };
    rates[frameRate] = await during(`${frameRate} frames per second`, camera, (daemon) => daemon.flow(seconds));
  }
  const still = { folder: scenes.still, rate: REST_RATE, frameRate: REST_RATE };
  const rest = await during('at rest', still, async (daemon) => {
    const cost = await daemon.cost(seconds);
    await daemon.pause();
    return { still: cost, paused: await daemon.cost(seconds) };
  });
  const bareMsPerFrame = await timeBareLoop(url, scenes.files);
  return { seconds, startToFirstReadingMs: median(starts), rates, rest, bareMsPerFrame };
}

function describe({ seconds, startToFirstReadingMs, rates, rest, bareMsPerFrame }: Result): string[] {
  const cost = ({ processorPercent, residentMegabytes }: Cost) =>
    `${processorPercent.toFixed(1)} % of a core, ${residentMegabytes.toFixed(0)} MB`;
  return [
    `frames of 640x480, default configuration, mosquitto on the same machine, ${seconds} s each`,
    `start of the process to the first message at a subscriber: ${(startToFirstReadingMs / 1000).toFixed(2)} s`,
    ...Object.entries(rates).map(([rate, flow]) => {
      const times = flow.frameToMessageMs;
      const range = times === null ? '' : ` p50 ${times.p50} ms, p99 ${times.p99} ms`;
      const delay = `frame in to message out${range} (${flow.messages} messages)`;
      const frame = `${flow.processorMsPerFrame.toFixed(1)} ms of the processor a frame`;
      return `${rate} frames per second: ${flow.framesPerSecond.toFixed(1)} read; ${delay}; ${frame}; ${cost(flow)}`;
    }),
    `a still scene at ${REST_RATE} frames per second: ${cost(rest.still)}`,
    `paused: ${cost(rest.paused)}`,
    `a frame that is only decoded and published: ${bareMsPerFrame.toFixed(1)} ms of the processor`,
  ];
}

function ratios({ rates, bareMsPerFrame }: Result): Ratio[] {
  const peer = 'only decoded and published';
  return Object.entries(rates).map(([rate, { processorMsPerFrame }]) => {
    const what = `processor time of a frame that is read, at ${rate} frames per second`;
    return { what, peer, ratio: processorMsPerFrame / bareMsPerFrame };
  });
}

export const benchmark: Benchmark<Result> = { measure, describe, ratios };
