export { ExitCode } from './exit-code.js';
export { count, duration, percent, table } from './format.js';
export { INTERRUPTED, interruptible } from './interrupt.js';
export { type CommandLine, runCommands } from './run-commands.js';
export { processTerminal, type Terminal } from './terminal.js';
