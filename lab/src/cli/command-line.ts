import { createRequire } from 'node:module';
import { ExitCode, runCommands, type Terminal } from '@inkcast/shared/cli';
import type { Argv } from 'yargs';
import { z } from 'zod';
import { benchCommand } from './commands/bench.js';
import { compareCommand } from './commands/compare.js';
import { explainCommand } from './commands/explain.js';
import { fitCommand } from './commands/fit/index.js';
import { fleetCommand } from './commands/fleet.js';
import { framesCommand } from './commands/frames.js';
import { fuzzCommand } from './commands/fuzz.js';
import { powerCutCommand } from './commands/power-cut.js';
import { replayCommand } from './commands/replay.js';
import { scenesCommand } from './commands/scenes.js';
import { scoreCommand } from './commands/score.js';
import { soakCommand } from './commands/soak.js';
import { synthesizeCommand } from './commands/synthesize.js';

/**
 * Runs `npm run lab --` with these arguments.
 *
 * @returns the exit code: 0 done, 1 failed, 2 bad usage, 130 stopped by Ctrl-C
 */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  const exit = new ExitCode();
  const addCommands = (parser: Argv) =>
    parser
      .command(synthesizeCommand(terminal))
      .command(framesCommand(terminal))
      .command(scenesCommand(terminal))
      .command(fitCommand(terminal, exit))
      .command(replayCommand(terminal))
      .command(scoreCommand(terminal))
      .command(compareCommand(terminal, exit))
      .command(explainCommand(terminal, exit))
      .command(benchCommand(terminal))
      .command(fleetCommand(terminal, exit))
      .command(fuzzCommand(terminal, exit))
      .command(powerCutCommand(terminal, exit))
      .command(soakCommand(terminal, exit));
  const purpose = 'Creates the reader and measures it.';
  return runCommands({ name: 'npm run lab --', purpose, version: version(), addCommands, exit }, args, terminal);
}

function version(): string {
  const require = createRequire(import.meta.url);
  return z.object({ version: z.string() }).parse(require('../../package.json')).version;
}
