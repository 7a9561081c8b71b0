import { ExitCode, runCommands, type Terminal } from '@inkcast/shared/cli';
import type { Argv } from 'yargs';
import { loadCommands } from './commands.js';
import { version } from './version.js';

/**
 * Runs `inkcast` with these arguments.
 *
 * @returns the exit code: 0 done, 1 failed, 2 bad usage or configuration
 */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  const exit = new ExitCode();
  const commands = await loadCommands(args);
  const addCommands = (parser: Argv) => commands.reduce((all, add) => add(all, terminal, exit), parser);
  const purpose = 'Reads handwritten digits from camera frames and publishes them over MQTT.';
  return runCommands({ name: 'inkcast', purpose, version: version(), addCommands, exit }, args, terminal);
}
