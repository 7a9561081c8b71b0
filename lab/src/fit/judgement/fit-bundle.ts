import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import type { Judgement } from '@inkcast/shared/judgement';
import { addToBundle } from '@inkcast/training/bundle';
import { blankJudgement } from './blank-judgement.js';
import { chooseLimits, chooseMinSpotLogOdds, type LimitScore } from './choose-limits.js';
import { type FittedTrees, fitJudgement } from './fit-judgement.js';
import { framesSeen } from './see-files.js';

/** The log-odds at which spots are looked at to choose the limit: hardly any digit is below. */
const LOWEST_SPOT_LOG_ODDS = -4;

export interface JudgementFit {
  /** Folder of a bundle with a spotter; its judgement is replaced. */
  readonly bundle: string;
  readonly files: readonly string[];
  /** Kinds that nothing is learned from: limits are chosen by them. */
  readonly leftOut: readonly string[];
  /** Undefined: chosen by the kinds left out. */
  readonly minSpotLogOdds: number | undefined;
  /** The bundle's new version; undefined: as it was. */
  readonly version: string | undefined;
  readonly jobs: number;
  /** Told what is done, and how many frames of it. */
  readonly progress: (step: 'limit' | 'frames', frames: number) => void;
  readonly signal?: AbortSignal;
}

export interface FittedJudgement {
  readonly judgement: Judgement;
  readonly gains: FittedTrees['gains'];
  readonly best: LimitScore;
  readonly scores: readonly LimitScore[];
  /** Frames that were learned from, and those that limits were chosen by. */
  readonly learned: number;
  readonly chosenBy: number;
}

/**
 * Fits both judgements to what a bundle's networks see in frames, chooses the limits, and puts all into the bundle.
 *
 * @throws InkError INK_DATASET_INVALID where no frame is left for learning or for choosing; what `addToBundle` and
 * `runWorkers` throw. The bundle is then as it was.
 */
export async function fitBundle(options: JudgementFit): Promise<FittedJudgement> {
  const { bundle, leftOut, version, signal } = options;
  const work = await mkdtemp(join(tmpdir(), 'inkcast-fit-'));
  try {
    // What the bundle's judgement was fitted to may not be what this reader measures: a blank one opens always.
    const blank = join(work, 'bundle');
    await cp(bundle, blank, { recursive: true });
    await addToBundle(blank, { judgement: blankJudgement(LOWEST_SPOT_LOG_ODDS) });
    const minSpotLogOdds = options.minSpotLogOdds ?? (await lowestLimit(options, blank));
    const seen = await framesSeen({
      ...seeOptions(options, blank, 'frames'),
      minSpotLogOdds,
      kinds: undefined,
    });
    const forChoice = seen.filter(({ frame }) => leftOut.includes(frame.kind));
    const toLearn = seen.filter(({ frame }) => !leftOut.includes(frame.kind));
    if (toLearn.length === 0) throw new InkError('INK_DATASET_INVALID', 'All frames are of kinds that are left out.');
    if (forChoice.length === 0) throw noneLeftOut(leftOut);
    const { local, context, gains } = fitJudgement(toLearn);
    const { best, minDoubt, scores } = chooseLimits({ local, context }, forChoice);
    const judgement: Judgement = { minSpotLogOdds, local, context, minConfidence: best.minConfidence, minDoubt };
    signal?.throwIfAborted();
    await addToBundle(bundle, { judgement, ...(version === undefined ? {} : { version }) });
    return { judgement, gains, best, scores, learned: toLearn.length, chosenBy: forChoice.length };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function lowestLimit(options: JudgementFit, bundle: string): Promise<number> {
  const minSpotLogOdds = LOWEST_SPOT_LOG_ODDS;
  const seen = await framesSeen({ ...seeOptions(options, bundle, 'limit'), minSpotLogOdds, kinds: options.leftOut });
  const limit = chooseMinSpotLogOdds(seen);
  if (limit === undefined) throw noneLeftOut(options.leftOut);
  return limit;
}

function seeOptions({ files, jobs, progress, signal }: JudgementFit, bundle: string, step: 'limit' | 'frames') {
  return { bundle, files, jobs, signal, progress: (frames: number) => progress(step, frames) };
}

function noneLeftOut(leftOut: readonly string[]): InkError {
  const kinds = leftOut.join(', ') || 'none is named';
  return new InkError('INK_DATASET_INVALID', `No digit is seen in frames of the kinds left out (${kinds}).`);
}
