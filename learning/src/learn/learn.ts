import type { GateReport, LearningProgress, LearningStep, LearnTask } from '@inkcast/shared/teaching';
import { openTfLite } from '@inkcast/shared/tflite';
import { type FinishedRun, writeBundle } from '@inkcast/training/bundle';
import { type TrainedNetwork, weightsHash } from '@inkcast/training/checkpoint';
import type { Dataset } from '@inkcast/training/data';
import { evaluate, type Score, startNetworkPredictor, startTflitePredictor } from '@inkcast/training/evaluation';
import { averageWeights } from '@inkcast/training/trainer';
import { gate } from '../gate/index.js';
import { verifyCandidate } from '../model/index.js';
import { REHEARSED_TUNING, recipeOf, TRANSFER_TUNING, type Tuning, tune, tuningFor } from '../tuning/index.js';
import { teachVerifier } from '../verifier/index.js';
import { candidateContent } from './candidate-content.js';
import { checkMemory } from './check-task.js';
import { gather, type Material } from './gather.js';
import { quantizeCandidate } from './quantize-candidate.js';
import { type Figures, isPartOfTest, scoreOnAll } from './score-on-all.js';
import { candidateTemperature } from './temperature.js';
import { mnistFigures } from './test-set.js';

export interface LearnOptions {
  readonly onProgress: (progress: LearningProgress) => void;
  /** Ends the work soon. Nothing is left of it. */
  readonly signal: AbortSignal;
  /** Free memory in bytes. */
  readonly freeMemory: number;
  /** MNIST's test pictures; undefined if the machine has none: then the replay set's are used. */
  readonly testPictures: () => Promise<Dataset | undefined>;
}

/** What came of it. The candidate is in the task's folder, also if it did not pass. */
export interface Learned {
  readonly report: GateReport;
  readonly name: string;
  readonly version: string;
}

/** Share of the whole that is done when a step begins. */
const BEGINS = {
  ...{ check: 0, train: 0.05, verifier: 0.3, average: 0.5 },
  ...{ quantize: 0.52, calibrate: 0.75, verify: 0.85, gate: 0.9 },
};

/**
 * Makes a candidate of a model and of labelled crops: it trains the last layers of the classifier, and of the verifier where
 * that can be taught, on them and on the model's replay sets, averages the weights with the model's, quantizes, and compares
 * both models. Labels that the model contradicts with confidence are not learned from until they are confirmed. The
 * candidate is written at the end, and whole.
 *
 * @throws InkError INK_OUT_OF_MEMORY, INK_LEARNING_TOO_FEW, INK_REPLAY_MISSING, what is wrong with the bundle or the crops, or
 * what the training throws; what the signal is aborted with
 */
export async function learn(task: LearnTask, options: LearnOptions): Promise<Learned> {
  const { onProgress, signal, freeMemory, testPictures } = options;
  const begin = (step: LearningStep): void => {
    signal.throwIfAborted();
    onProgress({ kind: 'progress', step, done: BEGINS[step] });
  };
  begin('check');
  checkMemory(freeMemory);
  const material = await gather(task, testPictures);
  const { base, bundle, trained, classes, isOther, crops, learned, train, rehearsed, negatives, testSet } = material;
  const tuning = tuningFor(task, isOther ? TRANSFER_TUNING : REHEARSED_TUNING);
  const teaching = (done: number): void => {
    onProgress({
      kind: 'progress',
      step: 'verifier',
      done: BEGINS.verifier + (BEGINS.average - BEGINS.verifier) * done,
    });
  };
  begin('train');
  const span = (material.verifier === undefined ? BEGINS.average : BEGINS.verifier) - BEGINS.train;
  const tuned = await tune(trained, train, {
    ...{ seed: task.seed, threads: task.threads, tuning, signal },
    onStep: ({ done, ...means }) => {
      onProgress({ kind: 'progress', step: 'train', done: BEGINS.train + span * done, ...means });
    },
  });
  if (material.verifier !== undefined) begin('verifier');
  const verifier =
    material.verifier && (await teachVerifier(task, material.verifier, { signal, onProgress: teaching }));
  begin('average');
  const result = isOther ? tuned : averageWeights(tuned, trained, tuning.share);
  const run = finishedRun(task, material, tuning, result);
  const identity = { name: bundle.manifest.name, version: task.version };
  const library = openTfLite();
  try {
    begin('quantize');
    const { quantized, score } = await quantizeCandidate(library, run, identity);
    begin('calibrate');
    const model = { name: identity.name, model: quantized.model, labels: classes, output: 'probabilities' } as const;
    const known = isOther ? null : base;
    const temperature = await candidateTemperature(known, model, isOther ? testSet.dataset : rehearsed);
    const float = await scoreInFloat(result, testSet.dataset, task.threads);
    begin('verify');
    verifyCandidate(library, quantized.model, train);
    begin('gate');
    const mnist = await mnistFigures(bundle, testSet, score);
    const report = await gate({ base: known, candidate: { ...model, temperature }, crops, negatives, mnist, verifier });
    signal.throwIfAborted();
    const origin = {
      base: {
        reference: `${bundle.manifest.name}@${bundle.manifest.version}`,
        weightsSha256: weightsHash(trained.parameters),
      },
      labels: learned.length,
      heldBack: report.heldBack.count,
      labelsSha256: material.labelsSha256,
      seed: task.seed,
      report,
    };
    const metrics = await onAllPictures({ float, int8: score }, material, task.threads);
    const parts = { bundle, run, identity, quantized: { ...quantized, temperature }, metrics, testSet, origin };
    await writeBundle(task.out, candidateContent({ ...parts, verifier: verifier?.added }));
    return { report, ...identity };
  } finally {
    library.close();
  }
}

function finishedRun(
  task: LearnTask,
  { train, testSet, bundle, labelsSha256 }: Material,
  tuning: Tuning,
  trained: TrainedNetwork,
): FinishedRun {
  return {
    trained,
    train,
    validation: undefined,
    test: testSet.dataset,
    tested: { data: { kind: 'mnist' } },
    recipe: recipeOf(task, tuning),
    history: [],
    summary: {
      weightsSha256: weightsHash(trained.parameters),
      dataset: { name: train.name, sha256: { ...train.sha256, labels: labelsSha256 } },
      madeWith: bundle.manifest.madeWith,
    },
  };
}

/** The figures on all test pictures, where only a part of them is there. */
async function onAllPictures(
  measured: Figures<Score>,
  { bundle, base, trained, testSet }: Material,
  threads: number | undefined,
): Promise<Figures<Score>> {
  if (!isPartOfTest(testSet, bundle)) return measured;
  const { float, int8 } = bundle.manifest.metrics;
  const predictor = startTflitePredictor(base);
  const before = await evaluate(predictor, testSet.dataset).finally(() => predictor.close());
  return {
    float: scoreOnAll(float, await scoreInFloat(trained, testSet.dataset, threads), measured.float),
    int8: scoreOnAll(int8, before, measured.int8),
  };
}

async function scoreInFloat(trained: TrainedNetwork, test: Dataset, threads: number | undefined): Promise<Score> {
  const predictor = await startNetworkPredictor(trained, {
    backend: 'wasm',
    ...(threads === undefined ? {} : { threads }),
  });
  return evaluate(predictor, test).finally(() => predictor.close());
}
