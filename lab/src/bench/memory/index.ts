import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort, Mosquitto, openListener } from '../../broker/index.js';
import type { Benchmark } from '../benchmark.js';
import { numberFrom } from '../number-from.js';
import { MeasuredRun, type Resident } from './measured-run.js';
import { limitMemory, UNLIMITED } from './memory-limit.js';
import { FRAMES_PER_SECOND, type StillCameras, writeStillCameras } from './still-cameras.js';

const DEFAULT_MINUTES = 1;
const STARTS = 5;
const SAMPLE_MS = 5000;

/** What differs from the default configuration, by name. */
const PARTS = {
  small: { vision: { build: 'kernels' }, inference: { backEnd: 'inkcast' }, web: { enabled: false } },
  defaults: { web: { port: 0 } },
} as const;
type Parts = keyof typeof PARTS;
type Camera = keyof StillCameras;

const RUNS = (['small', 'defaults'] as const).flatMap((parts) =>
  (['pixels', 'pictures'] as const).map((camera) => ({ parts, camera })),
);

interface MeasuredMemory extends Resident {
  readonly parts: Parts;
  readonly camera: Camera;
  /** Whether it ran until the end, and ended cleanly. */
  readonly isWhole: boolean;
  /** Frames that were not read because others had come. */
  readonly droppedFrames: number | null;
}

interface Result {
  readonly minutes: number;
  /** Of each daemon with its camera's program. */
  readonly limitMegabytes: number | null;
  /** Median milliseconds from the start of the process to a reading of a still scene, without its time of agreement. */
  readonly firstReadingMs: Readonly<Record<Parts, number>>;
  readonly runs: readonly MeasuredMemory[];
}

/** @param words optionally the minutes, and a limit in megabytes */
async function measure([minutesText, limitText]: readonly string[]): Promise<Result> {
  const minutes = numberFrom(minutesText, 'the minutes', DEFAULT_MINUTES);
  const limitMegabytes = limitText === undefined ? null : numberFrom(limitText, 'the limit in megabytes', 0);
  const folder = await mkdtemp(join(tmpdir(), 'inkcast-bench-memory-'));
  const port = await freePort();
  const broker = await Mosquitto.start(folder, openListener(port));
  try {
    const mqtt = { url: `mqtt://127.0.0.1:${port}` };
    const firstReadingMs = {
      small: await timeStarts(folder, { ...PARTS.small, mqtt }, 'small'),
      defaults: await timeStarts(folder, { ...PARTS.defaults, mqtt }, 'defaults'),
    };
    const cameras = await writeStillCameras(folder);
    const runs = await Promise.all(
      RUNS.map(async ({ parts, camera }) => {
        const name = `${parts}-${camera}`;
        await mkdir(join(folder, name));
        const config = { ...PARTS[parts], mqtt, device: { name }, camera: cameras[camera] };
        const run = () => measureMemory(join(folder, name), config, { minutes, limitMegabytes, name });
        return { parts, camera, ...(await run()) };
      }),
    );
    return { minutes, limitMegabytes, firstReadingMs, runs };
  } finally {
    await broker.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function timeStarts(folder: string, config: object, name: string): Promise<number> {
  const times: number[] = [];
  for (let start = 0; start < STARTS; start++) {
    const own = join(folder, `start-${name}-${start}`);
    await mkdir(own);
    const { pixels } = await writeStillCameras(own, 1);
    const reading = { tracking: { agreementMs: 0 } };
    const run = await MeasuredRun.start(own, { ...config, camera: pixels, reading }, UNLIMITED);
    try {
      times.push(await run.firstReading());
    } finally {
      await run.stop();
    }
  }
  return times.toSorted((one, other) => one - other)[STARTS >> 1];
}

interface Conditions extends Pick<Result, 'minutes' | 'limitMegabytes'> {
  readonly name: string;
}

async function measureMemory(folder: string, config: object, { minutes, limitMegabytes, name }: Conditions) {
  const group = `inkcast-bench-${process.pid}-${name}`;
  const limit = limitMegabytes === null ? UNLIMITED : await limitMemory(limitMegabytes, group);
  try {
    const run = await MeasuredRun.start(folder, config, limit);
    const until = performance.now() + minutes * 60_000;
    let last: Resident = { megabytes: 0, mostMegabytes: 0 };
    let isRunning = true;
    while (isRunning && performance.now() < until) {
      await wait(SAMPLE_MS);
      const resident = await run.resident();
      isRunning = resident !== undefined;
      last = resident ?? last;
    }
    const dropped = await run.stop();
    return { ...last, isWhole: isRunning && dropped !== undefined, droppedFrames: dropped ?? null };
  } finally {
    await limit.close();
  }
}

function describe({ minutes, limitMegabytes, firstReadingMs, runs }: Result): string[] {
  const limit = limitMegabytes === null ? '' : ` under a limit of ${limitMegabytes} MB`;
  return [
    `start to first reading: small ${seconds(firstReadingMs.small)}, defaults ${seconds(firstReadingMs.defaults)}`,
    `resident after ${minutes} min${limit}, 640x480 at ${FRAMES_PER_SECOND} frames per second, changing scenes:`,
    ...runs.map(({ parts, camera, megabytes, mostMegabytes, isWhole, droppedFrames }) => {
      const end = isWhole ? `${droppedFrames} frames dropped` : 'it did not run until the end';
      return `${parts}, camera of ${camera}: ${megabytes.toFixed(0)} MB, at most ${mostMegabytes.toFixed(0)} MB; ${end}`;
    }),
  ];
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

export const benchmark: Benchmark<Result> = { measure, describe };
