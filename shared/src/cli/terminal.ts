/** Where a command writes: results to standard output, what is not a result to standard error. */
export interface Terminal {
  /** Whether a person watches standard error: progress is then drawn in place. */
  readonly interactive: boolean;
  /** A line of the result. */
  print(line: string): void;
  /** A line about the work under way or about what went wrong. */
  note(line: string): void;
}

/** The terminal of a process. */
export function processTerminal(streams: Pick<NodeJS.Process, 'stdout' | 'stderr'>): Terminal {
  return {
    interactive: streams.stderr.isTTY === true,
    print: (line) => {
      streams.stdout.write(`${line}\n`);
    },
    note: (line) => {
      streams.stderr.write(`${line}\n`);
    },
  };
}
