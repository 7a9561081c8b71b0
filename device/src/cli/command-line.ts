import { ExitCode, runCommands, type Terminal } from '@inkcast/shared/cli';
import type { Argv } from 'yargs';
import { benchCommand } from './commands/bench.js';
import { configCommand } from './commands/config.js';
import { demoCommand } from './commands/demo.js';
import { doctorCommand } from './commands/doctor.js';
import { fleetCommand } from './commands/fleet.js';
import { historyCommand } from './commands/history.js';
import { homeassistantCommand } from './commands/homeassistant.js';
import { learnCommand } from './commands/learn.js';
import { modelCommand } from './commands/model.js';
import { readCommand } from './commands/read.js';
import { runCommand } from './commands/run.js';
import { setupCommand } from './commands/setup.js';
import { userCommand } from './commands/user.js';
import { valueCommand } from './commands/value.js';
import { version } from './version.js';

/**
 * Runs `inkcast` with these arguments.
 *
 * @returns the exit code: 0 done, 1 failed, 2 bad usage or configuration
 */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  const exit = new ExitCode();
  const addCommands = (parser: Argv) =>
    parser
      .command(setupCommand(terminal, exit))
      .command(runCommand(terminal))
      .command(readCommand(terminal, exit))
      .command(modelCommand(terminal, exit))
      .command(learnCommand(terminal, exit))
      .command(doctorCommand(terminal, exit))
      .command(benchCommand(terminal))
      .command(historyCommand(terminal))
      .command(valueCommand(terminal))
      .command(userCommand(terminal))
      .command(fleetCommand(terminal, exit))
      .command(homeassistantCommand(terminal))
      .command(configCommand(terminal))
      .command(demoCommand(terminal, exit));
  const purpose = 'Reads handwritten digits from camera frames and publishes them over MQTT.';
  return runCommands({ name: 'inkcast', purpose, version: version(), addCommands, exit }, args, terminal);
}
