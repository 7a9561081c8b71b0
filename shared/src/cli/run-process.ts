import { hideBin } from 'yargs/helpers';
import { processTerminal } from './process-terminal.js';
import type { Terminal } from './terminal.js';

/**
 * Runs a command line as this process, which exits with its code. If the output is lost, the work is stopped as by
 * SIGTERM, so that it can save its results.
 */
export async function runProcess(
  commandLine: (args: readonly string[], terminal: Terminal) => Promise<number>,
): Promise<void> {
  let lost: number | undefined;
  const terminal = processTerminal(process, (exitCode) => {
    if (lost !== undefined) return;
    lost = exitCode;
    if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(exitCode);
  });
  const exitCode = await commandLine(hideBin(process.argv), terminal);
  process.exitCode = lost ?? exitCode;
}
