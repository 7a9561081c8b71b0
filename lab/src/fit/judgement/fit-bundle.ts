import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InkError } from '@inkcast/shared/errors';
import type { Judgement } from '@inkcast/shared/judgement';
import { addToBundle } from '@inkcast/training/bundle';
import { blankJudgement } from './blank-judgement.js';
import { chooseMinSpotLogOdds, type LimitScore, MIN_CONFIDENCE, MIN_DOUBT, scoreLimits } from './choose-limits.js';
import { type FittedTrees, fitJudgement, type SeenFrame } from './fit-judgement.js';
import { framesSeen } from './see-files.js';

/** Limit of the log-odds while the limit is being chosen: almost no digit is below. */
const MIN_SPOT_LOG_ODDS = -4;

export interface JudgementOptions {
  /** Folder of a bundle with a spotter. */
  readonly bundle: string;
  readonly files: readonly string[];
  /** Kinds that are left out of the training: the limits are chosen on them. */
  readonly leftOut: readonly string[];
  /** undefined: chosen on the kinds that were left out. */
  readonly minSpotLogOdds: number | undefined;
  readonly jobs: number;
  /** Receives the current step and its number of finished frames. */
  readonly progress: (step: 'limit' | 'frames', frames: number) => void;
  readonly signal?: AbortSignal;
}

/** The results of a bundle's networks on frames. */
export interface JudgementCases {
  readonly minSpotLogOdds: number;
  readonly toLearn: readonly SeenFrame[];
  readonly forChoice: readonly SeenFrame[];
}

/**
 * Runs a bundle's networks on all frames. The judgement of the bundle is not used.
 *
 * @throws InkError INK_DATASET_INVALID if no frame is left for the fit or for the choice of limits; the errors of
 * `addToBundle` and `runWorkers`
 */
export async function seeForJudgement(options: JudgementOptions): Promise<JudgementCases> {
  const { bundle, leftOut } = options;
  const work = await mkdtemp(join(tmpdir(), 'inkcast-fit-'));
  try {
    // What the bundle's judgement was fitted to may not be what this reader measures: a blank one opens always.
    const blank = join(work, 'bundle');
    await cp(bundle, blank, { recursive: true });
    await addToBundle(blank, { judgement: blankJudgement(MIN_SPOT_LOG_ODDS) });
    const minSpotLogOdds = options.minSpotLogOdds ?? (await minLimit(options, blank));
    const seen = await framesSeen({ ...seeOptions(options, blank, 'frames'), minSpotLogOdds, kinds: undefined });
    const forChoice = seen.filter(({ frame }) => leftOut.includes(frame.kind));
    const toLearn = seen.filter(({ frame }) => !leftOut.includes(frame.kind));
    if (toLearn.length === 0) throw new InkError('INK_DATASET_INVALID', 'All frames are of kinds that are left out.');
    if (forChoice.length === 0) throw noneLeftOut(leftOut);
    return { minSpotLogOdds, toLearn, forChoice };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

export interface FittedJudgement {
  readonly judgement: Judgement;
  readonly gains: FittedTrees['gains'];
  readonly scores: readonly LimitScore[];
}

/**
 * Fits both judgements, chooses their limits, and puts them into a bundle.
 *
 * @param version the bundle's new version; undefined keeps the old one
 * @throws InkError the errors of `addToBundle`; the bundle is then unchanged
 */
export async function fitBundle(
  bundle: string,
  { minSpotLogOdds, toLearn, forChoice }: JudgementCases,
  version: string | undefined,
): Promise<FittedJudgement> {
  const { local, context, gains } = fitJudgement(toLearn);
  const scores = scoreLimits({ local, context }, forChoice);
  const limits = { minConfidence: MIN_CONFIDENCE, minDoubt: MIN_DOUBT };
  const judgement: Judgement = { minSpotLogOdds, local, context, ...limits };
  await addToBundle(bundle, { judgement, ...(version === undefined ? {} : { version }) });
  return { judgement, gains, scores };
}

async function minLimit(options: JudgementOptions, bundle: string): Promise<number> {
  const minSpotLogOdds = MIN_SPOT_LOG_ODDS;
  const seen = await framesSeen({ ...seeOptions(options, bundle, 'limit'), minSpotLogOdds, kinds: options.leftOut });
  const limit = chooseMinSpotLogOdds(seen);
  if (limit === undefined) throw noneLeftOut(options.leftOut);
  return limit;
}

function seeOptions({ files, jobs, progress, signal }: JudgementOptions, bundle: string, step: 'limit' | 'frames') {
  return { bundle, files, jobs, signal, progress: (frames: number) => progress(step, frames) };
}

function noneLeftOut(leftOut: readonly string[]): InkError {
  const kinds = leftOut.join(', ') || 'none is named';
  return new InkError('INK_DATASET_INVALID', `No digit is seen in frames of the kinds left out (${kinds}).`);
}
