import { count, type ExitCode, needsWhole, percent, type Terminal, table } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import type { CommandModule } from 'yargs';
import {
  checkFrameFiles,
  countOf,
  type FittedJudgement,
  fitBundle,
  type LimitScore,
  seeForJudgement,
} from '../../../fit/index.js';
import { Progress } from '../../progress.js';
import { untilInterrupted } from '../../until-interrupted.js';
import { FRAMES, JOBS, LEFT_OUT, words } from './options.js';

interface JudgementArguments {
  readonly bundle: string;
  readonly frames: readonly string[];
  readonly 'left-out': string;
  readonly 'min-spot': number | undefined;
  readonly version: string | undefined;
  readonly report: boolean;
  readonly jobs: number;
}

/** `npm run lab -- fit judgement`: fits what decides which of the digits that were seen are read. */
export const fitJudgementCommand = (terminal: Terminal, exit: ExitCode): CommandModule<object, JudgementArguments> => ({
  command: 'judgement',
  describe: 'Fit what decides which of the digits that a bundle sees are read, and choose the limits',
  builder: (yargs) =>
    yargs
      // The bundle's version takes the place of the program's.
      .version(false)
      .option('bundle', { type: 'string', demandOption: true, describe: 'Folder of the bundle; it is changed' })
      .option('frames', FRAMES)
      .option('left-out', LEFT_OUT)
      .option('min-spot', {
        type: 'number',
        describe: 'Log-odds of a spot from which on it is looked at; default: chosen by the kinds left out',
      })
      .option('version', { type: 'string', describe: "The bundle's new version, such as 2.0.0; default: as it was" })
      .option('report', { type: 'boolean', default: false, describe: 'Print how much each feature tells' })
      .option('jobs', JOBS)
      .example('$0 fit judgement --bundle runs/bundle --frames runs/a.frames --version 2.0.0', '')
      .example('$0 fit judgement --bundle runs/bundle --frames runs/a.frames --min-spot -2 --report', ''),
  handler: async ({ bundle, frames: files, 'left-out': leftOut, 'min-spot': minSpot, version, report, jobs }) => {
    needsWhole('jobs', jobs);
    if (Number.isNaN(minSpot)) throw new InkError('INK_USAGE', '--min-spot must be a number.');
    const kinds = words(leftOut);
    const known = await checkFrameFiles(files);
    const totals = { limit: countOf(known, (kind) => kinds.includes(kind)), frames: countOf(known, () => true) };
    let progress: Progress | undefined;
    let last: keyof typeof totals | undefined;
    const show = (step: keyof typeof totals, done: number): void => {
      if (step !== last) {
        progress?.close();
        progress = new Progress(terminal, totals[step], step === 'limit' ? 'frames for the limit' : 'frames');
        last = step;
      }
      progress?.update(done);
    };
    const cases = await untilInterrupted(terminal, exit, (signal) =>
      seeForJudgement({ bundle, files, leftOut: kinds, minSpotLogOdds: minSpot, jobs, progress: show, signal }),
    ).finally(() => progress?.close());
    if (cases === undefined) return;
    const { toLearn, forChoice } = cases;
    terminal.note(`fitting trees to ${count(toLearn.length)} frames`);
    const fitted = await fitBundle(bundle, cases, version);
    terminal.print(scoreTable(fitted));
    if (report) for (const part of ['local', 'context'] as const) terminal.print(`\n${gainTable(part, fitted)}`);
    const { minSpotLogOdds, minConfidence, minDoubt } = fitted.judgement;
    terminal.print(
      `\n${bundle}: learned from ${count(toLearn.length)} frames, limits chosen by ${count(forChoice.length)}: ` +
        `spots from log-odds ${minSpotLogOdds.toFixed(2)}, read from ${minConfidence.toFixed(2)}, doubted from ` +
        `${minDoubt.toFixed(3)}`,
    );
  },
});

function scoreTable({ scores, judgement }: FittedJudgement): string {
  const row = (score: LimitScore) => [
    score.minConfidence.toFixed(2),
    percent(score.f1),
    percent(score.recall),
    count(score.falseDigits),
    score.minConfidence === judgement.minConfidence ? 'by definition' : '',
  ];
  return table(['read from', 'F1', 'recall', 'false digits', ''], scores.map(row));
}

function gainTable(part: 'local' | 'context', { judgement, gains }: FittedJudgement): string {
  const total = gains[part].reduce((sum, gain) => sum + gain, 0);
  const rows = judgement[part].features
    .map((feature, index) => ({ feature, share: gains[part][index] / Math.max(total, Number.EPSILON) }))
    .sort((a, b) => b.share - a.share)
    .map(({ feature, share }) => [feature, percent(share)]);
  return table([`${part} feature`, 'share of the gain'], rows);
}
