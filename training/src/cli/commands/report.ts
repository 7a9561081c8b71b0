import { join } from 'node:path';
import { count, duration, percent, type Terminal, table } from '@inkcast/shared/cli';
import type { CommandModule } from 'yargs';
import { RunFolder } from '../../trainer/index.js';

interface ReportArguments {
  readonly run: string;
  readonly out: string | undefined;
}

/** `inkcast-train report`: prints the results of a run and draws charts. */
export const reportCommand = (terminal: Terminal): CommandModule<object, ReportArguments> => ({
  command: 'report <run>',
  describe: 'Summarise a run, and draw its learning curves and confusion matrix as SVG and PNG',
  builder: (yargs) =>
    yargs
      .positional('run', { type: 'string', demandOption: true, describe: 'Folder of the run' })
      .option('out', { type: 'string', describe: 'Folder for the charts; default: RUN/report' })
      .example('$0 report runs/lenet-20260102-030405', 'Charts in the folder "report" of the run'),
  handler: async ({ run, out }) => {
    // The import is here because the plotting library takes longer to load than most commands take to run.
    const { worstConfusions, writeReport } = await import('../../reports/index.js');
    const folder = new RunFolder(run);
    const [summary, history] = [await folder.summary(), await folder.history()];
    const { model, parameters, labels, seconds, epochs, resultOf, test, validation } = summary;
    const score = test ?? validation;
    const rows = history.map((record) => [
      String(record.epoch),
      record.loss.toFixed(4),
      percent(record.accuracy),
      record.validationLoss?.toFixed(4) ?? '-',
      percent(record.validationAccuracy),
      record.seconds.toFixed(1),
    ]);
    terminal.print(`${model}, ${count(parameters)} parameters: ${epochs} epochs in ${duration(seconds)}\n`);
    terminal.print(table(['epoch', 'loss', 'accuracy', 'val. loss', 'val. accuracy', 'seconds'], rows));
    terminal.print(`\nresult: the weights of epoch ${resultOf}`);
    if (score !== null) {
      const what = test === null ? 'validation' : 'test';
      terminal.print(`${what}: accuracy ${percent(score.accuracy)}, loss ${score.loss.toFixed(4)}`);
      const worst = worstConfusions(score.confusion, labels, 5);
      const named = worst.map(({ truth, predicted, pictures }) => `${truth} as ${predicted} (${pictures})`);
      if (named.length > 0) terminal.print(`most frequent errors: ${named.join(', ')}`);
    }
    const title = score === null ? model : `${model}: ${percent(score.accuracy)}`;
    const confusion = score?.confusion;
    const files = await writeReport(out ?? join(run, 'report'), { title, history, labels, confusion });
    terminal.print(`charts: ${files.join(', ')}`);
  },
});
