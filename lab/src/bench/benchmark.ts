import type { ReaderChoice } from '../models/index.js';

/** A result beside that of a peer, in the same run on the same machine. */
export interface Ratio {
  readonly what: string;
  readonly peer: string;
  /** Divided by the peer's. */
  readonly ratio: number;
}

/** A benchmark. Each benchmark folder exports one as `benchmark`. */
export interface Benchmark<Result extends object = object> {
  /**
   * Measures and returns the result that --json prints. Progress goes to standard error.
   *
   * @param words the arguments after the benchmark's name on the command line; empty if several benchmarks run
   * @param choice the reader to measure, for benchmarks that use one
   */
  measure(words: readonly string[], choice: ReaderChoice): Promise<Result>;
  /** The result as lines of text. */
  describe(result: Result): readonly string[];
  /** What the result is beside those of peers. */
  ratios?(result: Result): readonly Ratio[];
}
