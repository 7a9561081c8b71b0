import { fileURLToPath } from 'node:url';
import { runCommandLine } from '@inkcast/device/cli';
import { type CommandOutput, runInProcess } from '../../support/run-in-process.js';

/** The repository. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Runs `inkcast` in this process. */
export const inkcast = (...args: string[]): Promise<CommandOutput> => runInProcess(runCommandLine, args);
