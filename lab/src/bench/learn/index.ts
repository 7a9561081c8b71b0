import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { runLearning } from '@inkcast/device/learning';
import { InkError } from '@inkcast/shared/errors';
import { encodeLabelledCrops, type GateReport, NONE } from '@inkcast/shared/teaching';
import { DIGIT_CLASSES } from '@inkcast/training/data';
import { Random } from '@inkcast/training/random';
import { bundleFolder } from '../../models/index.js';
import { handSight, ODD_HAND } from '../../synthesis/index.js';
import type { Benchmark, Ratio } from '../benchmark.js';
import { MeasuredDaemon, type Readout } from '../measured-daemon.js';
import { numberFrom } from '../number-from.js';

const DEFAULT_CROPS = 200;
const HELD_BACK_EVERY = 5;
const SEED = 3;
/** The daemon is measured alone for so long. */
const ALONE_MS = 10_000;

interface Result {
  readonly crops: number;
  /** From the start of the process to its end: learned, quantized and compared. */
  readonly seconds: number;
  readonly peakMegabytes: number;
  /** Frames per second that the daemon reads alone, and beside the learning. */
  readonly framesAlone: number;
  readonly framesBeside: number;
  readonly report: GateReport;
}

/**
 * Learns an odd hand in a process of its own, as the device does, while a daemon reads the sample scenes.
 *
 * @param words optionally the number of crops
 */
async function measure([cropsText]: readonly string[]): Promise<Result> {
  const crops = numberFrom(cropsText, 'the crops', DEFAULT_CROPS);
  const folder = await mkdtemp(join(tmpdir(), 'inkcast-bench-learn-'));
  const daemon = await MeasuredDaemon.start(folder);
  try {
    const file = join(folder, 'labels.jsonl');
    await writeFile(file, lesson(crops));
    const first = await daemon.read();
    await wait(ALONE_MS);
    const begun = await daemon.read();
    const result = await runLearning({
      kind: 'learn',
      base: bundleFolder(undefined),
      crops: file,
      out: join(folder, 'candidate'),
      version: '0.0.0-taught.1',
      seed: SEED,
    });
    const ended = await daemon.read();
    if (result.kind !== 'done') {
      throw new InkError('INK_LEARNING_ENDED', 'message' in result ? result.message : 'It ended with doubts.');
    }
    return {
      crops,
      seconds: (ended.at - begun.at) / 1000,
      peakMegabytes: (result.peakBytes ?? 0) / 1e6,
      framesAlone: framesPerSecond(first, begun),
      framesBeside: framesPerSecond(begun, ended),
      report: result.report,
    };
  } finally {
    await daemon.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function lesson(count: number): string {
  const random = new Random(SEED);
  const crops = Array.from({ length: count }, (_, index) => {
    const label = DIGIT_CLASSES[index % DIGIT_CLASSES.length];
    const heldBack = (index + Math.floor(index / DIGIT_CLASSES.length)) % HELD_BACK_EVERY === 0;
    return { id: `crop-${index}`, label, heldBack, confirmed: true, ...handSight(ODD_HAND, label, random) };
  });
  return encodeLabelledCrops({ classes: [...DIGIT_CLASSES, NONE], crops });
}

const framesPerSecond = (from: Readout, to: Readout): number => (to.frames - from.frames) / ((to.at - from.at) / 1000);

function describe({ crops, seconds, peakMegabytes, framesAlone, framesBeside, report }: Result): string[] {
  const { heldBack, mnist, negatives, verifier, passed, reasons } = report;
  return [
    `${crops} crops: learned, quantized and compared in ${seconds.toFixed(1)} s; peak memory ${peakMegabytes.toFixed(0)} MB`,
    `the daemon beside it: ${framesAlone.toFixed(2)} frames/s alone, ${framesBeside.toFixed(2)} while it learns`,
    `held-back labels: ${heldBack.wrongBefore} of ${heldBack.count} wrong -> ${heldBack.wrongAfter} (${heldBack.verdict})`,
    `MNIST: ${mnist?.before.toFixed(2)} % -> ${mnist?.after.toFixed(2)} %; new false digits: ${negatives.newlyFalse} of ${negatives.count}`,
    `verifier: ${verifier?.heldBack.wrongBefore} held-back labels wrong -> ${verifier?.heldBack.wrongAfter}; ` +
      `${verifier?.known.wrongBefore} of ${verifier?.known.count} known pictures wrong -> ${verifier?.known.wrongAfter}`,
    passed ? 'passed' : `not passed: ${reasons.join(' ')}`,
  ];
}

function ratios({ framesAlone, framesBeside }: Result): Ratio[] {
  return [{ what: 'frames per second while the device learns', peer: 'alone', ratio: framesBeside / framesAlone }];
}

export const benchmark: Benchmark<Result> = { measure, describe, ratios };
