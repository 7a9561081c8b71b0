import { runCommandLine } from '@inkcast/lab/cli';
import { type CommandOutput, runInProcess } from '../../support/run-in-process.js';

/** Runs `npm run lab --` in this process. */
export async function lab(...args: string[]): Promise<CommandOutput> {
  return runInProcess(runCommandLine, args);
}
