/** The output of a command: results go to standard output, everything else to standard error. */
export interface Terminal {
  /** Whether a person watches standard error; progress is then drawn in place. */
  readonly interactive: boolean;
  /** The screen that shows standard output; absent if it is not a terminal. */
  readonly screen?: Screen;
  /** Prints a line of the result. */
  print(line: string): void;
  /** Prints a line about progress or a problem. */
  note(line: string): void;
  /**
   * Prints a line of a log to standard output. Unlike a lost result, a lost log does not end the work while somebody
   * reads the output.
   */
  log(line: string): void;
}

export interface Screen {
  /** Characters per line. */
  readonly columns: number;
  readonly hasColours: boolean;
}
