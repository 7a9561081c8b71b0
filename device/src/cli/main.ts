import { runProcess } from '@inkcast/shared/cli';
import { runCommandLine } from './command-line.js';

/** Time for output to be written and handles to close. */
const GRACE_MS = 300;

await runProcess(runCommandLine);
// A connection to a silent broker would keep the process alive for ever.
setTimeout(() => process.exit(), GRACE_MS).unref();
