import { InkError } from '@inkcast/shared/errors';
import { saveWeights } from '@inkcast/training/checkpoint';
import { createEngine, type Engine } from '@inkcast/training/engine';
import { initializeParameters, type Parameters } from '@inkcast/training/models';
import { Random } from '@inkcast/training/random';
import { pick, pickByShare } from '../../synthesis/index.js';
import { trainingOptions } from '../training-options.js';
import { VERIFIER_LABELS } from './label-patch.js';
import { type Patch, PICTURE_SIDE } from './patch.js';
import { samplePicture } from './sample-picture.js';
import { verifierNetwork } from './verifier-network.js';

/** Number of pictures per step. */
const BATCH = 64;
/** The highest learning rate. */
export const VERIFIER_LEARNING_RATE = 0.003;
const WEIGHT_DECAY = 1e-3;
const LABEL_SMOOTHING = 0.02;
/**
 * Shares of the pictures. Digits and all else are about equal. Letters are the hardest of all else, digits in print are rare,
 * and so are candidates in photographs without a character: without a share of their own, the verifier forgets them when the
 * other frames become more.
 */
const SHARES = { digit: 0.45, none: 0.25, letter: 0.12, bare: 0.1, printed: 0.08 };
/** Number of steps per report, which contains their mean. */
const REPORT_STEPS = 50;

export interface VerifierTraining {
  readonly patches: readonly Patch[];
  readonly steps: number;
  readonly seed: number;
  readonly learningRate: number;
  readonly threads: number;
  /** File of the weights. */
  readonly out: string;
  /** Weights to start from. */
  readonly start?: Parameters;
  readonly onReport: (report: VerifierReport) => void;
  /** Ends the training after the current step. The weights are kept. */
  readonly signal?: AbortSignal;
}

/** The mean of the steps since the last report. */
export interface VerifierReport {
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
}

/**
 * Trains a verifier on pictures around candidates and writes the average of its weights.
 *
 * @throws InkError INK_DATASET_INVALID if there is no patch of one of the kinds
 */
export async function trainVerifier(options: VerifierTraining): Promise<void> {
  const { patches, steps, seed, out, start, learningRate, threads } = options;
  const groups = groupsOf(patches);
  const network = verifierNetwork();
  const engine = createEngine({
    ...trainingOptions({ network, batchSize: BATCH, threads, seed, steps, learningRate, weightDecay: WEIGHT_DECAY }),
    loss: { labelSmoothing: LABEL_SMOOTHING },
  });
  try {
    await engine.start();
    engine.loadParameters(start ?? initializeParameters(network, seed));
    await run(engine, groups, options);
    await saveWeights(out, { network, parameters: engine.parameters('averaged'), labels: VERIFIER_LABELS });
  } finally {
    await engine.stop();
  }
}

/** Pictures of a kind, and their share of all. */
interface Group {
  readonly kind: keyof typeof SHARES;
  readonly share: number;
  readonly patches: readonly Patch[];
}

function groupsOf(patches: readonly Patch[]): readonly Group[] {
  const [none, printed] = [VERIFIER_LABELS.length - 2, VERIFIER_LABELS.length - 1];
  const others = patches.filter(({ label }) => label === none);
  const letters = others.filter(({ isLetter }) => isLetter);
  const bare = others.filter(({ inBareFrame }) => inBareFrame);
  const groups: readonly Omit<Group, 'share'>[] = [
    { kind: 'digit', patches: patches.filter(({ label }) => label < none) },
    { kind: 'none', patches: others.filter(({ inBareFrame, isLetter }) => !inBareFrame && !isLetter) },
    // Without letters or photographs, the others take their share.
    { kind: 'letter', patches: letters.length > 0 ? letters : others },
    { kind: 'bare', patches: bare.length > 0 ? bare : others },
    { kind: 'printed', patches: patches.filter(({ label }) => label === printed) },
  ];
  const missing = groups.find(({ patches: { length } }) => length === 0);
  if (missing === undefined) return groups.map((group) => ({ ...group, share: SHARES[group.kind] }));
  throw new InkError('INK_DATASET_INVALID', `The frames show nothing of the kind "${missing.kind}".`);
}

async function run(
  engine: Engine,
  groups: readonly Group[],
  { steps, seed, onReport, signal }: VerifierTraining,
): Promise<void> {
  const random = new Random(seed);
  let [loss, correct, since] = [0, 0, 0];
  for (let step = 1; step <= steps && signal?.aborted !== true; step++) {
    const images = new Float32Array(BATCH * PICTURE_SIDE ** 2);
    const labels = Array.from({ length: BATCH }, (_, index) => {
      const patch = pick(random, pickByShare(random, groups).patches);
      images.set(samplePicture(patch, random), index * PICTURE_SIDE ** 2);
      return patch.label;
    });
    const result = await engine.trainStep({ images, labels, count: BATCH });
    loss += result.loss;
    correct += result.correct;
    since++;
    if (step % REPORT_STEPS !== 0 && step !== steps) continue;
    onReport({ step, loss: loss / since, accuracy: correct / since / BATCH });
    [loss, correct, since] = [0, 0, 0];
  }
}
