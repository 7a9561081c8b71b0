import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Bundle } from '@inkcast/shared/bundle';
import { type ExitCode, INTERRUPTED, interruptible, needsWhole, percent, type Terminal } from '@inkcast/shared/cli';
import { errorOf, InkError } from '@inkcast/shared/errors';
import {
  encodeLabelledCrops,
  type GateReport,
  type LabelledCrops,
  type LearningProgress,
} from '@inkcast/shared/teaching';
import type { CommandModule } from 'yargs';
import { modelStoreIn, referenceOf } from '../../inference/index.js';
import { type LearningResult, runLearning } from '../../learning/index.js';
import { candidateVersion, labelsIn, storedLabels } from '../../teaching/index.js';
import { type StateArguments, withStateOption } from '../state-option.js';

interface LearnArguments extends StateArguments {
  readonly crops: string | undefined;
  readonly model: string | undefined;
  readonly out: string | undefined;
  readonly confirm: boolean;
  readonly seed: number;
  readonly epochs: number | undefined;
}

/** A person waits for the result of a command, and chose the moment. */
const NICENESS = 0;

/** `inkcast learn`: makes a model of labelled crops, and compares it with the one that it was made from. */
export const learnCommand = (terminal: Terminal, exit: ExitCode): CommandModule<object, LearnArguments> => ({
  command: 'learn',
  describe: 'Learn from labelled crops, and compare what came of it with the model before',
  builder: (yargs) =>
    withStateOption(yargs)
      .option('crops', {
        type: 'string',
        requiresArg: true,
        describe: "Folder of crops by class, or an IDX file of them; default: the labels of the device's page",
      })
      .option('model', { type: 'string', requiresArg: true, describe: 'Model to start from; default: the one in use' })
      .option('out', { type: 'string', requiresArg: true, describe: 'Folder for the new bundle; default: its name' })
      .option('confirm', {
        type: 'boolean',
        default: false,
        describe: 'Learn from labels too that the model contradicts with confidence',
      })
      .option('seed', { type: 'number', default: 1, describe: 'Seed of the order of the pictures' })
      .option('epochs', { type: 'number', describe: 'Number of passes over the pictures' })
      .example('$0 learn', 'From the labels given in the page')
      .example('$0 learn --crops collected --out taught', 'From crops in folders by class, such as an unpacked export')
      .epilogue('Exit code 0: the new model passed the comparison; 1: it did not.'),
  handler: async (args) => {
    needsWhole('seed', args.seed, 0);
    if (args.epochs !== undefined) needsWhole('epochs', args.epochs);
    const store = modelStoreIn(args.state);
    const bundle = await (args.model === undefined ? store.inUse() : store.find(args.model));
    const given = args.crops === undefined ? await storedLabels(args.state) : await labelsIn(args.crops);
    if (given.crops.length === 0) {
      throw new InkError('INK_LEARNING_TOO_FEW', `There are no labels in ${args.crops ?? args.state}.`);
    }
    const labels = args.confirm ? confirmed(given) : given;
    const references = (await store.list()).map(({ reference }) => reference);
    const version = candidateVersion(referenceOf(bundle), references);
    const out = resolve(args.out ?? `${bundle.manifest.name}-${version}`);
    const outcome = await interruptible((signal) =>
      perform(terminal, { bundle, labels, version, out, seed: args.seed, epochs: args.epochs }, signal),
    );
    if (outcome === undefined) {
      exit.code = INTERRUPTED;
      return;
    }
    const { report, name } = outcome;
    for (const line of reportLines(report)) terminal.print(line);
    terminal.print(`${out}: ${name}@${version}`);
    if (report.passed)
      terminal.print(`passed; inkcast model install ${out}, then inkcast model use ${name}@${version}`);
    else exit.code = 1;
  },
});

interface LearnWork {
  readonly bundle: Bundle;
  readonly labels: LabelledCrops;
  readonly version: string;
  readonly out: string;
  readonly seed: number;
  readonly epochs: number | undefined;
}

/** @returns undefined if it was interrupted */
async function perform(
  terminal: Terminal,
  { bundle, labels, version, out, seed, epochs }: LearnWork,
  signal: AbortSignal,
): Promise<Extract<LearningResult, { readonly kind: 'done' }> | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'inkcast-learn-'));
  try {
    const crops = join(folder, 'labels.jsonl');
    await writeFile(crops, encodeLabelledCrops(labels));
    const common = { base: resolve(bundle.folder), crops, niceness: NICENESS };
    const doubts = resultOf(await runLearning({ kind: 'second-look', ...common }, { signal }));
    if (doubts.kind === 'doubts' && doubts.doubts.length > 0) {
      const told = doubts.doubts.map(({ id, label, guesses: [guess] }) => `${id} (${label}, or ${guess?.label})`);
      terminal.note(`Left out, because the model contradicts these labels: ${told.join(', ')}. --confirm keeps them.`);
    }
    const classes = [...labels.classes];
    const task = { kind: 'learn', ...common, out, version, seed, classes, epochs } as const;
    const result = resultOf(await runLearning(task, { signal, onProgress: progressNotes(terminal) }));
    return result.kind === 'done' ? result : undefined;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @throws InkError where the process refused or failed */
function resultOf(result: LearningResult): Exclude<LearningResult, { readonly kind: 'refused' | 'failed' }> {
  if (result.kind !== 'refused' && result.kind !== 'failed') return result;
  throw errorOf(result);
}

/** A line for each step and each epoch. */
function progressNotes(terminal: Terminal): (progress: LearningProgress) => void {
  let last = '';
  return ({ step, epoch, epochs, loss, accuracy }) => {
    const what = epoch === undefined ? step : `${step} ${epoch}/${epochs}`;
    if (what === last) return;
    last = what;
    const figures = loss === undefined ? '' : `, loss ${loss.toFixed(3)}, accuracy ${percent(accuracy ?? 0)}`;
    terminal.note(`${what}${figures}`);
  };
}

const confirmed = ({ classes, crops }: LabelledCrops): LabelledCrops => ({
  classes,
  crops: crops.map((crop) => ({ ...crop, confirmed: true })),
});

function reportLines({ heldBack, mnist, negatives, verifier, fixed, broken, reasons }: GateReport): readonly string[] {
  const { count, wrongBefore, wrongAfter, verdict } = heldBack;
  const before = wrongBefore === null ? '' : `${wrongBefore} of ${count} wrong -> `;
  const wasFalse = negatives.falseBefore === null ? '' : `${negatives.falseBefore} -> `;
  return [
    `held-back labels: ${before}${wrongAfter} of ${count} wrong (${verdict})`,
    ...(verifier === null ? [] : verifierLines(verifier)),
    ...(mnist === null ? [] : [`MNIST: ${mnist.before.toFixed(2)} % -> ${mnist.after.toFixed(2)} %`]),
    `pictures without a character, taken for one: ${wasFalse}${negatives.falseAfter} of ${negatives.count}`,
    `labels that are right now and were not: ${fixed.length}; the other way: ${broken.length}`,
    ...reasons,
  ];
}

function verifierLines({ heldBack, known }: NonNullable<GateReport['verifier']>): readonly string[] {
  const told = ({ count, wrongBefore, wrongAfter }: typeof heldBack): string =>
    `${wrongBefore} of ${count} wrong -> ${wrongAfter}`;
  return [`the same, with what is around them: ${told(heldBack)}; pictures known before: ${told(known)}`];
}
