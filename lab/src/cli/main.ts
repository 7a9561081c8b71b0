import { processTerminal } from '@inkcast/shared/cli';
import { hideBin } from 'yargs/helpers';
import { runCommandLine } from './command-line.js';

process.exitCode = await runCommandLine(hideBin(process.argv), processTerminal(process));
