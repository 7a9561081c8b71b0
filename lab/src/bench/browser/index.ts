import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { engineCode } from '@inkcast/reader/engine';
import { visionCode } from '@inkcast/reader/vision';
import { bundleFolder, type ReaderChoice } from '../../models/index.js';
import type { Benchmark } from '../benchmark.js';
import { FRAME_SIZE, sceneFrames } from '../scene-frames.js';
import { isChromiumInstalled, TimedPage } from './timed-page.js';
import { type Round, type TimedFiles, TimedReader } from './timed-reader.js';

const WARM_UP = 1;
const ROUNDS = 5;

/** Medians in milliseconds. */
interface Times {
  readonly frame: number;
  readonly digit: number;
}

interface Result {
  readonly frames: number;
  readonly node: Times;
  /** Null where Chromium is not installed. */
  readonly chromium: Times | null;
  /** Chromium's times against Node's. */
  readonly frameRatio: number | null;
  readonly digitRatio: number | null;
  /** Whether both read the same of every frame. */
  readonly isSameText: boolean | null;
}

/**
 * The reader's small parts in Node.js and in a page of Chromium: the same code, kernels, networks and frames. Both take
 * turns, so that other work on the machine slows both.
 */
async function measure(_words: readonly string[], { bundle }: ReaderChoice): Promise<Result> {
  const files: TimedFiles = {
    vision: await readFile(visionCode()),
    engine: await readFile(engineCode()),
    read: (file) => readFile(join(bundleFolder(bundle), file)),
  };
  const frames = await sceneFrames();
  const reader = await TimedReader.open(files, frames);
  const page = isChromiumInstalled() ? await TimedPage.open(files, frames) : undefined;
  const [inNode, inPage]: [Round[], Round[]] = [[], []];
  try {
    for (let round = 0; round < WARM_UP + ROUNDS; round++) {
      inNode.push(reader.round());
      if (page !== undefined) inPage.push(await page.round());
    }
  } finally {
    reader.close();
    await page?.close();
  }
  const node = timesOf(inNode);
  const chromium = page === undefined ? null : timesOf(inPage);
  return {
    frames: frames.length,
    node,
    chromium,
    frameRatio: chromium && chromium.frame / node.frame,
    digitRatio: chromium && chromium.digit / node.digit,
    isSameText: chromium && inPage[0].texts.join() === inNode[0].texts.join(),
  };
}

function timesOf(rounds: readonly Round[]): Times {
  const measured = rounds.slice(WARM_UP);
  return {
    frame: median(measured.flatMap(({ frames }) => frames)),
    digit: median(measured.map(({ digit }) => digit)),
  };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1];

function describe({ frames, node, chromium, frameRatio, digitRatio, isSameText }: Result): string[] {
  const line = (name: string, { frame, digit }: Times) =>
    `${name}: ${frame.toFixed(1)} ms a frame, ${(digit * 1000).toFixed(0)} us a digit`;
  const head = `${frames} scenes of ${FRAME_SIZE.width}x${FRAME_SIZE.height}, small parts, medians`;
  if (chromium === null) return [head, line('Node.js', node), 'Chromium is not installed'];
  return [
    head,
    line('Node.js', node),
    line('Chromium', chromium),
    `Chromium takes ${frameRatio?.toFixed(2)} times as long for a frame, and ${digitRatio?.toFixed(2)} times for a digit`,
    isSameText ? 'both read the same of every frame' : 'they do not read the same',
  ];
}

export const benchmark: Benchmark<Result> = { measure, describe };
