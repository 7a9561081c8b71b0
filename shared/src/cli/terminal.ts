/** Where a command writes: results to standard output, what is not a result to standard error. */
export interface Terminal {
  /** Whether a person watches standard error: progress is then drawn in place. */
  readonly interactive: boolean;
  /** What standard output is shown on; absent where it goes elsewhere. */
  readonly screen?: Screen;
  /** A line of the result. */
  print(line: string): void;
  /** A line about the work under way or about what went wrong. */
  note(line: string): void;
  /**
   * A line of a log, on standard output. That a log cannot be written, unlike a result, is no reason to end the work, as
   * long as it has a reader.
   */
  log(line: string): void;
}

export interface Screen {
  /** Characters in a line. */
  readonly columns: number;
  readonly hasColours: boolean;
}
