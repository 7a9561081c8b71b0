import { count, type ExitCode, needsWhole, type Terminal } from '@inkcast/shared/cli';
import type { CommandModule } from 'yargs';
import { type BrokenPromise, cutPower } from '../../power-cut/index.js';
import { untilInterrupted } from '../until-interrupted.js';

interface PowerCutArguments {
  readonly cuts: number;
  readonly seed: number;
}

/** So many lines show what is wrong. */
const MAX_SHOWN = 20;

/** `npm run power-cut`: opens what power cuts would leave of a device's storage. */
export const powerCutCommand = (terminal: Terminal, exit: ExitCode): CommandModule<object, PowerCutArguments> => ({
  command: 'power-cut',
  describe: 'Record what a device does to its disk, and open what a power cut would leave of it',
  builder: (yargs) =>
    yargs
      .option('cuts', { type: 'number', default: 200, describe: 'Number of moments at which power is cut' })
      .option('seed', { type: 'number', default: 1, describe: 'Seed of the moments, and of what is lost' })
      .example('$0 power-cut --cuts 100000', 'After each of the operations'),
  handler: async ({ cuts, seed }) => {
    needsWhole('cuts', cuts);
    needsWhole('seed', seed, 0);
    const onCut = (done: number, all: number): void => {
      if (done % 50 === 0) terminal.note(`${done} of ${all} moments`);
    };
    const report = await untilInterrupted(terminal, exit, (signal) => cutPower({ cuts, seed, signal, onCut }));
    if (report === undefined) return;
    const { operations, cuts: made, promises, broken } = report;
    terminal.print(
      `${count(made)} of ${count(operations)} moments, each with three losses; ${count(promises)} promises; ` +
        `${broken.length === 0 ? 'all are kept' : `${broken.length} states break some`}`,
    );
    for (const line of broken.slice(0, MAX_SHOWN).flatMap(linesOf)) terminal.print(line);
    if (broken.length > 0) exit.code = 1;
  },
});

const linesOf = ({ after, loss, faults }: BrokenPromise): string[] => [
  `  after operation ${after}, ${loss} lost:`,
  ...faults.map((fault) => `    ${fault}`),
];
