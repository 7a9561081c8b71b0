export { needsBetween, needsWhole } from './check-number.js';
export { ExitCode } from './exit-code.js';
export { count, duration, percent, table } from './format.js';
export { INTERRUPTED, interruptible } from './interrupt.js';
export { type CommandLine, runCommands } from './run-commands.js';
export { runProcess } from './run-process.js';
export type { Screen, Terminal } from './terminal.js';
