import { asInkError, InkError } from '@inkcast/shared/errors';
import yargs from 'yargs';
import { dataCommand } from './commands/data.js';
import { evaluateCommand } from './commands/evaluate.js';
import { finetuneCommand } from './commands/finetune.js';
import { modelsCommand } from './commands/models.js';
import { predictCommand } from './commands/predict.js';
import { quantizeCommand } from './commands/quantize.js';
import { reportCommand } from './commands/report.js';
import { scenesCommand } from './commands/scenes.js';
import { trainCommand } from './commands/train.js';
import { tuneCommand } from './commands/tune.js';
import { ExitCode } from './exit-code.js';
import type { Terminal } from './terminal.js';
import { madeWith } from './versions.js';

/**
 * Runs `inkcast-train` with these arguments.
 *
 * @returns the exit code: 0 done, 1 failed, 2 bad usage or recipe, 130 stopped by Ctrl-C
 */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  const exit = new ExitCode();
  const parser = yargs()
    .scriptName('inkcast-train')
    .usage('$0 <command>\n\nTrains digit recognisers and turns them into models for the device.')
    .command(trainCommand(terminal, exit))
    .command(finetuneCommand(terminal, exit))
    .command(tuneCommand(terminal, exit))
    .command(quantizeCommand(terminal))
    .command(evaluateCommand(terminal))
    .command(predictCommand(terminal, exit))
    .command(modelsCommand(terminal))
    .command(reportCommand(terminal))
    .command(dataCommand(terminal))
    .command(scenesCommand(terminal))
    .demandCommand(1, 'A command is missing.')
    .recommendCommands()
    .strict()
    .version(madeWith().inkcast)
    .alias({ h: 'help' })
    .wrap(100)
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new InkError('INK_USAGE', `${message.replace(/\.?$/, '.')}`);
    });
  try {
    // With a callback yargs hands help and version over instead of printing them.
    await parser.parseAsync([...args], {}, (_error, _parsed, output) => {
      if (output !== '') terminal.print(output);
    });
    return exit.code;
  } catch (error) {
    const coded = asInkError(error);
    terminal.note(String(coded));
    return coded.exitCode;
  }
}
