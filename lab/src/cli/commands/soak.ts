import { count, type ExitCode, type Terminal } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import type { CommandModule } from 'yargs';
import { FAULTS, type SoakReport, soak } from '../../soak/index.js';
import { untilInterrupted } from '../until-interrupted.js';

interface SoakArguments {
  readonly minutes: number;
  readonly only: readonly string[];
}

const NAMES = FAULTS.map(({ name }) => name);

/** `npm run soak`: a whole device for a long time, while its parts fail. */
export const soakCommand = (terminal: Terminal, exit: ExitCode): CommandModule<object, SoakArguments> => ({
  command: 'soak',
  describe: 'Run a whole device for some time while its parts are killed, frozen, filled and damaged',
  builder: (yargs) =>
    yargs
      .option('minutes', { type: 'number', default: 10, describe: 'How long' })
      .option('only', { type: 'string', array: true, default: [], describe: `Faults: ${NAMES.join(', ')}` })
      .example('$0 soak --minutes 600', 'A night')
      .example("$0 soak --minutes 1 --only 'broker killed'", 'One fault, again and again'),
  handler: async ({ minutes, only }) => {
    if (!(minutes > 0)) throw new InkError('INK_USAGE', 'A soak takes more than 0 minutes.');
    const unknown = only.find((name) => !NAMES.includes(name));
    if (unknown !== undefined) {
      throw new InkError('INK_USAGE', `There is no fault "${unknown}". The faults are ${NAMES.join(', ')}.`);
    }
    const onFault = (name: string, ms: number | undefined): void =>
      terminal.note(`${name}: ${ms === undefined ? 'no recovery' : `events again after ${(ms / 1000).toFixed(1)} s`}`);
    const named = only.length === 0 ? {} : { faults: only };
    const report = await untilInterrupted(terminal, exit, (signal) => soak({ minutes, signal, onFault, ...named }));
    if (report === undefined) return;
    for (const line of linesOf(report)) terminal.print(line);
    if (report.problems.length > 0) exit.code = 1;
  },
});

function linesOf({ faults, leftOut, events, starts, residentMegabytes, isJudged, problems }: SoakReport): string[] {
  const made = Object.entries(faults).map(([name, times]) => `${name} ${times}`);
  return [
    `${count(events)} events, ${starts} starts, ${residentMegabytes} MiB at the end`,
    `faults: ${made.join(', ')}`,
    ...(leftOut.length === 0 ? [] : [`left out here: ${leftOut.join(', ')}`]),
    ...(isJudged ? [] : ['too short to tell whether memory grows']),
    problems.length === 0 ? 'nothing is wrong' : `${problems.length} problems:`,
    ...problems,
  ];
}
