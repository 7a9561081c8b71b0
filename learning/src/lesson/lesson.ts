import type { GateReport, LearningProgress, LearningStep, LearnTask } from '@inkcast/shared/teaching';
import type { BundleContent, FinishedRun } from '@inkcast/training/bundle/portable';
import { type TrainedNetwork, weightsHash } from '@inkcast/training/checkpoint/portable';
import type { Dataset } from '@inkcast/training/data/portable';
import { evaluate, type Score, startEnginePredictor } from '@inkcast/training/evaluation/portable';
import { averageWeights } from '@inkcast/training/trainer/portable';
import { gate } from '../gate/index.js';
import { samplePictures } from '../model/index.js';
import type { LearningTools } from '../tools/index.js';
import { REHEARSED_TUNING, recipeOf, TRANSFER_TUNING, type Tuning, tune, tuningFor } from '../tuning/index.js';
import { teachVerifier } from '../verifier/index.js';
import { candidateContent } from './candidate-content.js';
import { gather, type LessonInput, type Material } from './gather.js';
import { quantizeCandidate } from './quantize-candidate.js';
import { type Figures, isPartOfTest, scoreOnAll } from './score-on-all.js';
import { candidateTemperature } from './temperature.js';
import { mnistFigures } from './test-set.js';

/** Whom to teach with what, and how. */
export interface LessonTask extends LessonInput, Pick<LearnTask, 'version' | 'seed' | 'threads' | 'epochs'> {}

export interface LessonOptions {
  readonly onProgress: (progress: LearningProgress) => void;
  /** Ends the work soon. */
  readonly signal: AbortSignal;
}

/** What came of it: a candidate, also if it did not pass. */
export interface LessonResult {
  readonly report: GateReport;
  readonly content: BundleContent;
}

/** Pictures for each call of the engine. */
const SCORED_AT_ONCE = 100;

/** Share of the whole that is done when a step begins. */
const BEGINS = {
  ...{ check: 0, train: 0.05, verifier: 0.3, average: 0.5 },
  ...{ quantize: 0.52, calibrate: 0.75, verify: 0.85, gate: 0.9 },
};

/**
 * Makes a candidate of a model and of labelled crops: it trains the last layers of the classifier, and of the verifier where
 * that can be taught, on them and on the model's replay sets, averages the weights with the model's, quantizes, and compares
 * both models. Labels that the model contradicts with confidence are not learned from until they are confirmed.
 *
 * @param tools of the platform
 * @throws InkError INK_LEARNING_TOO_FEW, INK_REPLAY_MISSING, what is wrong with the bundle or the crops, or what the training
 * throws; what the signal is aborted with
 */
export async function teach(tools: LearningTools, task: LessonTask, options: LessonOptions): Promise<LessonResult> {
  const { onProgress, signal } = options;
  const begin = (step: LearningStep): void => {
    signal.throwIfAborted();
    onProgress({ kind: 'progress', step, done: BEGINS[step] });
  };
  begin('check');
  const material = await gather(tools, task);
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
  const tuned = await tune(tools, trained, train, {
    ...{ seed: task.seed, threads: task.threads, tuning, signal },
    onStep: ({ done, ...means }) => {
      onProgress({ kind: 'progress', step: 'train', done: BEGINS.train + span * done, ...means });
    },
  });
  if (material.verifier !== undefined) begin('verifier');
  const verifier =
    material.verifier && (await teachVerifier(tools, task, material.verifier, { signal, onProgress: teaching }));
  begin('average');
  const result = isOther ? tuned : averageWeights(tuned, trained, tuning.share);
  const run = finishedRun(task, material, tuning, result);
  const identity = { name: bundle.manifest.name, version: task.version };
  begin('quantize');
  const { quantized, score } = await quantizeCandidate(tools, run, identity);
  begin('calibrate');
  const model = { name: identity.name, model: quantized.model, labels: classes, output: 'probabilities' } as const;
  const known = isOther ? null : base;
  const temperature = await candidateTemperature(tools, known, model, isOther ? testSet.dataset : rehearsed);
  const float = await scoreInFloat(tools, result, testSet.dataset, task.threads);
  begin('verify');
  tools.verify(quantized.model, samplePictures(train));
  begin('gate');
  const mnist = await mnistFigures(tools, bundle, testSet, score);
  const candidate = { ...model, temperature };
  const report = await gate(tools, { base: known, candidate, crops, negatives, mnist, verifier });
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
  const metrics = await onAllPictures(tools, { float, int8: score }, material, task.threads);
  const parts = { bundle, run, identity, quantized: { ...quantized, temperature }, metrics, testSet, origin };
  return { report, content: candidateContent({ ...parts, verifier: verifier?.added }) };
}

function finishedRun(
  task: LessonTask,
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
  tools: LearningTools,
  measured: Figures<Score>,
  { bundle, base, trained, testSet }: Material,
  threads: number | undefined,
): Promise<Figures<Score>> {
  if (!isPartOfTest(testSet, bundle)) return measured;
  const { float, int8 } = bundle.manifest.metrics;
  const predictor = tools.startPredictor(base);
  const before = await evaluate(predictor, testSet.dataset).finally(() => predictor.close());
  return {
    float: scoreOnAll(float, await scoreInFloat(tools, trained, testSet.dataset, threads), measured.float),
    int8: scoreOnAll(int8, before, measured.int8),
  };
}

async function scoreInFloat(
  { createEngine }: LearningTools,
  trained: TrainedNetwork,
  test: Dataset,
  threads: number | undefined,
): Promise<Score> {
  const choice = threads === undefined ? {} : { threads };
  const engine = createEngine({
    network: trained.network,
    backend: 'wasm',
    batchSize: SCORED_AT_ONCE,
    seed: 0,
    ...choice,
  });
  const predictor = await startEnginePredictor(engine, trained);
  return evaluate(predictor, test).finally(() => predictor.close());
}
