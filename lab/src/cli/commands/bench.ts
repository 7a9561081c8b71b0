import { writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import type { Terminal } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import type { CommandModule } from 'yargs';
import {
  BENCHMARKS,
  type BenchmarkName,
  benchmarksPage,
  conditionsOf,
  isBenchmark,
  QUICK_WORDS,
  SECTIONS,
  type Section,
} from '../../bench/index.js';
import { type ReaderArguments, readerOf, withReaderOptions } from '../reader-options.js';

interface BenchArguments extends ReaderArguments {
  readonly words: readonly string[];
  readonly json: boolean;
  readonly page: string | undefined;
  readonly quick: boolean;
}

const KNOWN = Object.keys(BENCHMARKS);

/** `npm run bench`: runs benchmarks and prints the results as text or as JSON. */
export const benchCommand = (terminal: Terminal): CommandModule<object, BenchArguments> => ({
  command: 'bench [words..]',
  describe: 'Run benchmarks: those with peers, some by name, or one with arguments',
  builder: (yargs) =>
    withReaderOptions(yargs)
      .positional('words', {
        type: 'string',
        array: true,
        default: [],
        describe: `Names (${KNOWN.join(', ')}), or one name and its arguments`,
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print the results as one JSON object' })
      .option('page', { type: 'string', describe: 'Write the results as a page to this file, too' })
      .option('quick', { type: 'boolean', default: false, describe: 'Only show that they run: the numbers say little' })
      .example('$0 bench', `${SECTIONS.join(', ')}: under 15 minutes`)
      .example('$0 bench vision mqtt', 'Two of them')
      .example('$0 bench video 600 3 faults', '600 s of video with seed 3; pictures of faults go to faults/')
      .example('$0 bench sheets 600 3', 'A still frame of each of 600 sheets')
      .example('$0 bench print 150', '150 pages of print')
      .example('$0 bench reading my-photos', 'MNIST, the sample scenes and a folder of labelled photographs'),
  handler: async ({ words, json, page, quick, ...choice }) => {
    const { names, rest } = namesIn(words);
    const results: Partial<Record<BenchmarkName, object>> = {};
    const sections: Section[] = [];
    const [load] = loadavg();
    const begun = performance.now();
    for (const name of names) {
      const benchmark = await BENCHMARKS[name]();
      const counts = quick && rest.length === 0 ? (QUICK_WORDS[name] ?? []) : rest;
      const started = performance.now();
      const result = await benchmark.measure(counts, readerOf(choice, terminal));
      const seconds = (performance.now() - started) / 1000;
      terminal.note(`${name} took ${seconds.toFixed(0)} s`);
      results[name] = result;
      const section = { name, seconds, lines: benchmark.describe(result), ratios: benchmark.ratios?.(result) ?? [] };
      sections.push(section);
      if (!json) for (const line of linesOf(section)) terminal.print(line);
    }
    // A single benchmark prints its own object. Several benchmarks print an object with one key per name.
    if (json) terminal.print(JSON.stringify(names.length === 1 ? results[names[0]] : results));
    if (page === undefined) return;
    const minutes = (performance.now() - begun) / 60_000;
    await writeFile(page, benchmarksPage(sections, await conditionsOf({ load, minutes, quick })));
  },
});

function linesOf({ name, lines, ratios }: Section): string[] {
  const beside = ratios.map(({ what, peer, ratio }) => `${what}: ${ratio.toFixed(2)} times ${peer}`);
  return [`# ${name}`, ...lines, ...beside];
}

/** Splits the words into names of benchmarks, or into one name and its arguments. */
function namesIn(words: readonly string[]): { names: readonly BenchmarkName[]; rest: readonly string[] } {
  const [first, ...rest] = words;
  if (first === undefined) return { names: SECTIONS, rest: [] };
  if (!isBenchmark(first)) {
    throw new InkError('INK_USAGE', `There is no benchmark "${first}". The benchmarks are ${KNOWN.join(', ')}.`);
  }
  return rest.every(isBenchmark) ? { names: [first, ...rest.filter(isBenchmark)], rest: [] } : { names: [first], rest };
}
