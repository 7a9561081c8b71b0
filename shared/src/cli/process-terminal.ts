import { InkError, reasonOf } from '../errors/index.js';

import type { Screen, Terminal } from './terminal.js';

/** The exit code that shells use for a process that wrote to a closed pipe. */
const BROKEN_PIPE = 141;
/** The width of a terminal without a size. */
const USUAL_COLUMNS = 80;

/**
 * The terminal of a process.
 *
 * @param end called with the exit code as soon as the output is lost: nobody reads it any more, or it cannot be
 * written, which is reported on standard error
 */
export function processTerminal(
  { stdout, stderr }: Pick<NodeJS.Process, 'stdout' | 'stderr'>,
  end: (exitCode: number) => void,
): Terminal {
  let isLogging = false;
  let isLost = false;
  const print = (line: string): void => {
    stdout.write(`${line}\n`);
  };
  const note = (line: string): void => {
    stderr.write(`${line}\n`);
  };
  stdout.on('error', (error) => {
    if (isBrokenPipe(error)) return end(BROKEN_PIPE);
    if (isLost) return;
    isLost = true;
    const lost = new InkError('INK_OUTPUT_LOST', `Standard output cannot be written: ${reasonOf(error)}.`);
    note(String(lost));
    if (!isLogging) end(lost.exitCode);
  });
  // Other faults cannot be reported to anybody, and the result may be complete.
  stderr.on('error', (error) => {
    if (isBrokenPipe(error)) end(BROKEN_PIPE);
  });
  return {
    interactive: stderr.isTTY === true,
    ...(stdout.isTTY === true ? { screen: screenOf(stdout) } : {}),
    print,
    note,
    log: (line) => {
      isLogging = true;
      print(line);
    },
  };
}

function screenOf(output: NodeJS.WriteStream): Screen {
  return { columns: output.columns || USUAL_COLUMNS, hasColours: output.hasColors() };
}

const isBrokenPipe = (error: object): boolean => 'code' in error && error.code === 'EPIPE';
