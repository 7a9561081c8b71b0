import { type ExitCode, needsWhole, type Terminal } from '@inkcast/shared/cli';
import type { CommandModule } from 'yargs';
import { WAYS, type WayName, type WayResult } from '../../fleet/index.js';

interface FleetArguments {
  readonly way: WayName;
  readonly devices: number;
  readonly json: boolean;
}

const NAMES: readonly WayName[] = ['bridge', 'cluster', 'share'];
const DEFAULT_DEVICES = 5000;
/** They need a socket each on both sides, and a system gives a process about 20,000. */
const MAX_DEVICES = 20_000;

/** `npm run lab -- fleet`: shows that existing engines carry a fleet of simulated devices, and lose no event. */
export const fleetCommand = (terminal: Terminal, exit: ExitCode): CommandModule<object, FleetArguments> => ({
  command: 'fleet <way>',
  describe: 'Let simulated devices report events beyond one broker, and count what arrives',
  builder: (yargs) =>
    yargs
      .positional('way', {
        choices: NAMES,
        demandOption: true,
        describe: NAMES.map((name) => `${name}: ${WAYS[name].describe}`).join('; '),
      })
      .option('devices', { type: 'number', default: DEFAULT_DEVICES, describe: 'Number of simulated devices' })
      .option('json', { type: 'boolean', default: false, describe: 'Print the result as one JSON object' })
      .example('$0 fleet bridge', '5,000 devices at two brokers')
      .example('$0 fleet cluster --devices 1500', '1,500 devices at a cluster'),
  handler: async ({ way, devices, json }) => {
    needsWhole('devices', devices, 1, MAX_DEVICES);
    const result = await WAYS[way].run(devices, (step) => terminal.note(step));
    if (json) terminal.print(JSON.stringify(result));
    else for (const line of [WAYS[way].describe, ...describe(result)]) terminal.print(line);
    if (Object.values(result.consumers).some(({ lost }) => lost > 0)) exit.code = 1;
  },
});

function describe({ devices, connectSeconds, deliverSeconds, consumers, unsent, problems }: WayResult): string[] {
  return [
    `${devices} devices were connected after ${connectSeconds} s`,
    ...Object.entries(consumers).map(
      ([name, { events, lost, doubled }]) =>
        `${name}: ${events - lost} of ${events} events arrived; ${doubled} copies, which their ids show`,
    ),
    `the last event arrived ${deliverSeconds} s after the first report`,
    `${unsent} events still wait in devices`,
    ...Object.entries(problems).map(([code, count]) => `devices named ${code} ${count} times meanwhile`),
  ];
}
