import { ExitCode, runCommands, type Terminal } from '@inkcast/shared/cli';
import type { Argv } from 'yargs';
import type { OpenCharacterReader } from '../data/index.js';
import { averageCommand } from './commands/average.js';
import { convertCommand } from './commands/convert.js';
import { dataCommand } from './commands/data.js';
import { evaluateCommand } from './commands/evaluate.js';
import { exportCommand } from './commands/export.js';
import { finetuneCommand } from './commands/finetune.js';
import { modelsCommand } from './commands/models.js';
import { predictCommand } from './commands/predict.js';
import { quantizeCommand } from './commands/quantize.js';
import { reportCommand } from './commands/report.js';
import { trainCommand } from './commands/train.js';
import { tuneCommand } from './commands/tune.js';
import { verifyCommand } from './commands/verify.js';
import { madeWith } from './versions.js';

/**
 * Runs `inkcast-train` with these arguments.
 *
 * @param openReader opens the reader that processes a user's own pictures as the device does
 * @returns the exit code: 0 done, 1 failed, 2 bad usage or recipe, 130 stopped by Ctrl-C
 */
export async function runCommandLine(
  args: readonly string[],
  terminal: Terminal,
  openReader: OpenCharacterReader,
): Promise<number> {
  const exit = new ExitCode();
  const addCommands = (parser: Argv) =>
    parser
      .command(trainCommand(terminal, exit, openReader))
      .command(finetuneCommand(terminal, exit, openReader))
      .command(averageCommand(terminal, openReader))
      .command(tuneCommand(terminal, exit, openReader))
      .command(quantizeCommand(terminal, openReader))
      .command(convertCommand(terminal, openReader))
      .command(exportCommand(terminal))
      .command(verifyCommand(terminal, openReader))
      .command(evaluateCommand(terminal, openReader))
      .command(predictCommand(terminal, exit, openReader))
      .command(modelsCommand(terminal))
      .command(reportCommand(terminal, openReader))
      .command(dataCommand(terminal, openReader));
  const purpose = 'Trains networks that recognise digits, and converts them into models for the device.';
  const version = madeWith().inkcast;
  return runCommands({ name: 'inkcast-train', purpose, version, addCommands, exit }, args, terminal);
}
