import type { Terminal } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import type { CommandModule } from 'yargs';
import { BENCHMARKS, type BenchmarkName, isBenchmark } from '../../bench/index.js';
import { type ReaderArguments, readerOf, withReaderOptions } from '../reader-options.js';

interface BenchArguments extends ReaderArguments {
  readonly words: readonly string[];
  readonly json: boolean;
}

const KNOWN = Object.keys(BENCHMARKS);

/** `npm run bench`: runs benchmarks and prints the results as text or as JSON. */
export const benchCommand = (terminal: Terminal): CommandModule<object, BenchArguments> => ({
  command: 'bench [words..]',
  describe: 'Run benchmarks: all, some by name, or one with arguments',
  builder: (yargs) =>
    withReaderOptions(yargs)
      .positional('words', {
        type: 'string',
        array: true,
        default: [],
        describe: `Names (${KNOWN.join(', ')}), or one name and its arguments`,
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print the results as one JSON object' })
      .example('$0 bench', 'All benchmarks')
      .example('$0 bench vision mqtt', 'Two of them')
      .example('$0 bench video 600 3 faults', '600 s of video with seed 3; pictures of faults go to faults/')
      .example('$0 bench sheets 600 3', 'A still frame of each of 600 sheets')
      .example('$0 bench print 150', '150 pages of print')
      .example('$0 bench reading my-photos', 'MNIST, the sample scenes and a folder of labelled photographs'),
  handler: async ({ words, json, ...choice }) => {
    const { names, rest } = namesIn(words);
    const results: Partial<Record<BenchmarkName, object>> = {};
    for (const name of names) {
      const benchmark = await BENCHMARKS[name]();
      const result = await benchmark.measure(rest, readerOf(choice, terminal));
      results[name] = result;
      if (!json) for (const line of [`# ${name}`, ...benchmark.describe(result)]) terminal.print(line);
    }
    // A single benchmark prints its own object. Several benchmarks print an object with one key per name.
    if (json) terminal.print(JSON.stringify(names.length === 1 ? results[names[0]] : results));
  },
});

/** Splits the words into names of benchmarks, or into one name and its arguments. */
function namesIn(words: readonly string[]): { names: readonly BenchmarkName[]; rest: readonly string[] } {
  const [first, ...rest] = words;
  if (first === undefined) return { names: KNOWN.filter(isBenchmark), rest: [] };
  if (!isBenchmark(first)) {
    throw new InkError('INK_USAGE', `There is no benchmark "${first}". The benchmarks are ${KNOWN.join(', ')}.`);
  }
  return rest.every(isBenchmark) ? { names: [first, ...rest.filter(isBenchmark)], rest: [] } : { names: [first], rest };
}
