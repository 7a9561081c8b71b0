import { type ExitCode, count as grouped, needsWhole, type Terminal } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import type { CommandModule } from 'yargs';
import { FUZZ_KINDS, type FuzzKind, type FuzzReport, fuzz, isFuzzKind } from '../../fuzz/index.js';
import { untilInterrupted } from '../until-interrupted.js';

interface FuzzArguments {
  readonly seed: number;
  readonly count: number;
  readonly only: readonly string[];
}

const KINDS = Object.keys(FUZZ_KINDS).filter(isFuzzKind);

/** `npm run fuzz`: damaged and random input for everything that takes input from outside. */
export const fuzzCommand = (terminal: Terminal, exit: ExitCode): CommandModule<object, FuzzArguments> => ({
  command: 'fuzz',
  describe: 'Give damaged and random input to everything that takes input from outside',
  builder: (yargs) =>
    yargs
      .option('seed', { type: 'number', default: 1, describe: 'Seed of the first input; the next has the next one' })
      .option('count', { type: 'number', default: 1000, describe: 'Number of inputs of each kind' })
      .option('only', { type: 'string', array: true, default: [], describe: `Kinds: ${KINDS.join(', ')}` })
      .example('$0 fuzz --count 100000 --only models', 'A long run of one kind')
      .example('$0 fuzz --only pictures --seed 4711 --count 1', 'One input again'),
  handler: async ({ seed, count, only }) => {
    needsWhole('count', count);
    needsWhole('seed', seed, 0);
    for (const kind of kindsOf(only)) {
      const report = await untilInterrupted(terminal, exit, (signal) =>
        fuzz(FUZZ_KINDS[kind], { seed, count, signal }),
      );
      if (report === undefined) return;
      for (const line of linesOf(kind, report)) terminal.print(line);
      if (report.findings.length > 0) exit.code = 1;
    }
  },
});

function kindsOf(only: readonly string[]): readonly FuzzKind[] {
  const unknown = only.find((name) => !isFuzzKind(name));
  if (unknown !== undefined) {
    throw new InkError('INK_USAGE', `There is no kind of input "${unknown}". The kinds are ${KINDS.join(', ')}.`);
  }
  return only.length === 0 ? KINDS : only.filter(isFuzzKind);
}

function linesOf(kind: FuzzKind, { count, refusals, findings }: FuzzReport): string[] {
  const refused = Object.entries(refusals).map(([code, times]) => `${code} ${grouped(times)}`);
  const outcome = findings.length === 0 ? 'nothing found' : `${findings.length} found`;
  return [
    `${kind}: ${grouped(count)} inputs, ${outcome}${refused.length === 0 ? '' : ` (refused: ${refused.join(', ')})`}`,
    ...findings.flatMap(({ seed, fault }) => [
      `  again: npm run fuzz -- --only ${kind} --seed ${seed} --count 1`,
      ...fault.split('\n').map((line) => `    ${line}`),
    ]),
  ];
}
