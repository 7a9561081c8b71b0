import { hideBin } from 'yargs/helpers';
import { runCommandLine } from './command-line.js';
import { processTerminal } from './terminal.js';

process.exitCode = await runCommandLine(hideBin(process.argv), processTerminal(process));
