import type { ExitCode, Terminal } from '@inkcast/shared/cli';
import type { CommandModule } from 'yargs';
import { deviceChecks } from '../../daemon/index.js';
import { type CheckReport, runChecks } from '../../doctor/index.js';
import { type ConfigArguments, configOf, withConfigOptions } from '../config-options.js';

interface DoctorArguments extends ConfigArguments {
  readonly json: boolean;
}

/** `inkcast doctor`: checks everything that the daemon needs. */
export const doctorCommand = (terminal: Terminal, exit: ExitCode): CommandModule<object, DoctorArguments> => ({
  command: 'doctor',
  describe: 'Check camera, libraries, model, accelerator, broker, clock, disk and service',
  builder: (yargs) =>
    withConfigOptions(yargs)
      .option('json', { type: 'boolean', default: false, describe: 'Print one JSON object' })
      .example('$0 doctor', 'Check what the daemon of this machine needs')
      .example('$0 doctor --config my.yaml --json', 'The same for another configuration, for programs')
      .epilogue('Exit code 1 if anything that is needed does not work. Stop the daemon first: it holds the camera.'),
  handler: async (args) => {
    const config = await configOf(args, (warning) => terminal.note(warning));
    const print = (report: CheckReport): void => {
      if (!args.json) for (const line of describe(report)) terminal.print(line);
    };
    const checks = await runChecks(deviceChecks(config), print);
    const healthy = checks.every(({ status }) => status !== 'failed');
    if (args.json) terminal.print(JSON.stringify({ healthy, checks }));
    if (!healthy) exit.code = 1;
  },
});

function describe({ name, status, detail, remedy, details }: CheckReport): string[] {
  const line = `${status.padEnd(8)} ${name}: ${detail}`;
  const further = [...(remedy === undefined ? [] : [remedy]), ...(details?.split('\n').map((one) => `| ${one}`) ?? [])];
  return [line, ...further.map((one) => `${' '.repeat(9)}${one}`)];
}
