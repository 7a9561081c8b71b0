export { runCommandLine } from './command-line.js';
export { processTerminal, type Terminal } from './terminal.js';
