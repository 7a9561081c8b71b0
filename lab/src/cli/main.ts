import { runProcess } from '@inkcast/shared/cli';
import { runCommandLine } from './command-line.js';

await runProcess(runCommandLine);
