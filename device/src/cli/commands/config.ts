import { type Terminal, table } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import type { Argv, CommandModule } from 'yargs';
import { configKeys, overridesOf } from '../../config/index.js';
import { Settings } from '../../settings/index.js';
import { type ConfigFileArguments, neededConfigFile, withConfigFileOption } from '../config-options.js';

interface SetArguments extends ConfigFileArguments {
  readonly values: readonly string[];
}

interface UnsetArguments extends ConfigFileArguments {
  readonly keys: readonly string[];
}

interface RestoreArguments extends ConfigFileArguments {
  readonly number: string;
}

/** `inkcast config`: changes the configuration file like the device's web page. */
export const configCommand = (terminal: Terminal): CommandModule => ({
  command: 'config <command>',
  describe: 'Change the configuration file without losing its comments, or go back to an earlier version',
  builder: (yargs: Argv) =>
    yargs
      .command(setCommand(terminal))
      .command(unsetCommand(terminal))
      .command(versionsCommand(terminal))
      .command(restoreCommand(terminal))
      .demandCommand(1, 'Name a command.'),
  handler: () => {},
});

const setCommand = (terminal: Terminal): CommandModule<object, SetArguments> => ({
  command: 'set <values..>',
  describe: 'Set one or several keys',
  builder: (yargs) =>
    withConfigFileOption(yargs)
      .positional('values', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'One or several pairs KEY VALUE',
      })
      .example('$0 config set reading.expect dd:dd', 'A clock')
      .example('$0 config set camera.source http camera.url http://10.0.0.7/stream', 'Another camera')
      .epilogue(
        'What the file said before is kept: inkcast config versions. A daemon that runs has to be restarted. ' +
          "Paths are relative to the file's folder.",
      ),
  handler: async (args) => {
    const { values } = args;
    if (values.length % 2 > 0) throw new InkError('INK_USAGE', `${values[values.length - 1]} has no value.`);
    const flags = values.flatMap((name, index) => (index % 2 > 0 ? [] : [`${name}=${values[index + 1]}`]));
    const changes = overridesOf(configKeys(), { flags });
    const file = await neededConfigFile(args);
    await settingsOf(file).save(Object.fromEntries(changes.map(({ path, value }) => [path.join('.'), value])));
    terminal.print(`Wrote ${file}.`);
  },
});

const unsetCommand = (terminal: Terminal): CommandModule<object, UnsetArguments> => ({
  command: 'unset <keys..>',
  describe: 'Remove keys, so that their defaults count',
  builder: (yargs) =>
    withConfigFileOption(yargs).positional('keys', {
      type: 'string',
      array: true,
      demandOption: true,
      describe: 'Keys, or whole sections',
    }),
  handler: async (args) => {
    const file = await neededConfigFile(args);
    await settingsOf(file).save(Object.fromEntries(args.keys.map((key) => [key, null])));
    terminal.print(`Wrote ${file}.`);
  },
});

const versionsCommand = (terminal: Terminal): CommandModule<object, ConfigFileArguments> => ({
  command: 'versions',
  describe: 'List earlier versions of the configuration file, the newest first',
  builder: (yargs) => withConfigFileOption(yargs),
  handler: async (args) => {
    const versions = await settingsOf(await neededConfigFile(args)).versions();
    if (versions.length === 0) terminal.note('No earlier version is kept.');
    else
      terminal.print(
        table(
          ['number', 'replaced at', 'file'],
          versions.map(({ id, keptAt, path }) => [id, keptAt.toISOString(), path]),
        ),
      );
  },
});

const restoreCommand = (terminal: Terminal): CommandModule<object, RestoreArguments> => ({
  command: 'restore <number>',
  describe: 'Go back to an earlier version; the current one is kept as another version',
  builder: (yargs) =>
    withConfigFileOption(yargs).positional('number', {
      type: 'string',
      demandOption: true,
      describe: 'Number of the version in the list of inkcast config versions',
    }),
  handler: async (args) => {
    const file = await neededConfigFile(args);
    await settingsOf(file).restore(args.number);
    terminal.print(`Wrote ${file}.`);
  },
});

/** The saved file must be valid by itself, whatever the environment of this shell sets. */
function settingsOf(file: string): Settings {
  return new Settings({ sources: { file }, mayChangePrograms: true });
}
