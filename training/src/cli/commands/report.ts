import { join } from 'node:path';
import { count, duration, percent, type Terminal, table } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import type { CommandModule } from 'yargs';
import { openRun } from '../../bundle/index.js';
import type { EpochRecord } from '../../checkpoint/index.js';
import type { OpenCharacterReader } from '../../data/index.js';
import type { RunMeasurement } from '../../reports/index.js';
import { RunFolder, type RunSummary } from '../../trainer/index.js';
import { type EngineArguments, threadsOption, withEngineOptions } from '../engine-options.js';

interface ReportArguments extends EngineArguments {
  readonly run: string;
  readonly out: string | undefined;
}

/** What may be wrong with the pictures of an older run, or with a network that learned nothing. */
const FORESEEN: readonly string[] = [
  ...['INK_DATASET_MISSING', 'INK_DATASET_INVALID', 'INK_DATASET_HASH', 'INK_IDX_INVALID'],
  ...['INK_FILE_UNREADABLE', 'INK_IMAGE_UNREADABLE', 'INK_QUANTIZE_FAILED'],
];

/** `inkcast-train report`: prints the results of a run, and writes its page and charts. */
export const reportCommand = (
  terminal: Terminal,
  openReader: OpenCharacterReader,
): CommandModule<object, ReportArguments> => ({
  command: 'report <run>',
  describe: 'Summarise a run, and write a page with its curves, errors, quantization, size and latency',
  builder: (yargs) =>
    withEngineOptions(yargs)
      .positional('run', { type: 'string', demandOption: true, describe: 'Folder of the run' })
      .option('out', { type: 'string', describe: 'Folder for the page and the charts; default: RUN/report' })
      .example('$0 report runs/lenet-20260102-030405', 'A page in the folder "report" of the run'),
  handler: async (args) => {
    const { run, out } = args;
    // The import is here because the plotting library takes longer to load than most commands take to run.
    const reports = await import('../../reports/index.js');
    const folder = new RunFolder(run);
    const [summary, history] = [await folder.summary(), await folder.history()];
    const scored = (await folder.recipe()).validation === 'test' ? 'test' : 'validation';
    printHistory(terminal, summary, history, scored);
    printScore(terminal, summary, reports.worstConfusions);
    terminal.note('Predicting the test pictures, and quantizing');
    const measured = await measuredOr(
      async () => reports.measureRun(await openRun(run, openReader), { backend: args.backend, ...threadsOption(args) }),
      (reason) => terminal.note(reason),
    );
    const report = { run, summary, history, scored, measured } as const;
    const [page, ...charts] = await reports.writeReport(out ?? join(run, 'report'), report);
    terminal.print(`charts: ${charts.join(', ')}`);
    terminal.print(`page: ${page}`);
  },
});

function printHistory(
  terminal: Terminal,
  { model, parameters, seconds, epochs, resultOf }: RunSummary,
  history: readonly EpochRecord[],
  scored: string,
): void {
  const rows = history.map((record) => [
    String(record.epoch),
    record.loss.toFixed(4),
    percent(record.accuracy),
    record.validationLoss?.toFixed(4) ?? '-',
    percent(record.validationAccuracy),
    record.seconds.toFixed(1),
  ]);
  const short = scored === 'test' ? scored : 'val.';
  terminal.print(`${model}, ${count(parameters)} parameters: ${epochs} epochs in ${duration(seconds)}\n`);
  terminal.print(table(['epoch', 'loss', 'accuracy', `${short} loss`, `${short} accuracy`, 'seconds'], rows));
  terminal.print(`\nresult: the weights of epoch ${resultOf}`);
}

function printScore(
  terminal: Terminal,
  { test, validation, labels }: RunSummary,
  worstConfusions: typeof import('../../reports/index.js').worstConfusions,
): void {
  const score = test ?? validation;
  if (score === null) return;
  const what = test === null ? 'validation' : 'test';
  terminal.print(`${what}: accuracy ${percent(score.accuracy)}, loss ${score.loss.toFixed(4)}`);
  const worst = worstConfusions(score.confusion, labels, 5);
  const named = worst.map(({ truth, predicted, pictures }) => `${truth} as ${predicted} (${pictures})`);
  if (named.length > 0) terminal.print(`most frequent errors: ${named.join(', ')}`);
}

/** A run is reported also where its pictures are gone or it cannot be quantized; the page then says why. */
async function measuredOr(
  measure: () => Promise<RunMeasurement>,
  say: (reason: string) => void,
): Promise<RunMeasurement | string> {
  try {
    return await measure();
  } catch (error) {
    if (!(error instanceof InkError) || !FORESEEN.includes(error.code)) throw error;
    const reason = `Without worst mistakes and quantization: ${error.message}`;
    say(reason);
    return reason;
  }
}
