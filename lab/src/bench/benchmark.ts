import type { ReaderChoice } from '../models/index.js';

/** What a folder of benchmarks exports as `benchmark`. */
export interface Benchmark<Result extends object = object> {
  /**
   * Measures; the result is what --json prints. Progress goes to standard error.
   *
   * @param words what follows the benchmark's name on the command line; empty where several are run
   * @param choice which reader is measured, where one is
   */
  measure(words: readonly string[], choice: ReaderChoice): Promise<Result>;
  /** The result for people: lines of text. */
  describe(result: Result): readonly string[];
}
