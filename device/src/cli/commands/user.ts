import { type Terminal, table } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import type { Argv, CommandModule } from 'yargs';
import { ROLES, type Role, UserFile, userNameSchema } from '../../web/index.js';
import { type StateArguments, withStateOption } from '../state-option.js';
import { newPassword } from '../typed-password.js';

interface UserArguments extends StateArguments {
  readonly name: string;
}

interface AddArguments extends UserArguments {
  readonly role: Role;
}

interface TokenArguments extends UserArguments {
  readonly revoke: boolean;
}

interface ListArguments extends StateArguments {
  readonly json: boolean;
}

/** `inkcast user`: manages who may use the web page from other machines. */
export const userCommand = (terminal: Terminal): CommandModule => ({
  command: 'user',
  describe: 'Manage who may use the page from other machines, and make tokens for programs',
  builder: (yargs) =>
    withStateOption(yargs)
      .command(addCommand(terminal))
      .command(listCommand(terminal))
      .command(removeCommand(terminal))
      .command(passwordCommand(terminal))
      .command(tokenCommand(terminal))
      .demandCommand(1, 'Say what to do with users: add, list, remove, password or token.'),
  handler: () => {},
});

const withName = <T>(yargs: Argv<T>) =>
  yargs.positional('name', { type: 'string', demandOption: true, describe: 'Name of the user' });

const PASSWORD_HELP = 'The password is asked for; where standard input is no terminal, it is its first line.';

const addCommand = (terminal: Terminal): CommandModule<StateArguments, AddArguments> => ({
  command: 'add <name>',
  describe: 'Add a user',
  builder: (yargs) =>
    withName(yargs)
      .option('role', {
        choices: ROLES,
        default: 'viewer' as const,
        describe: 'viewer may only look; admin may also change settings, models and regions',
      })
      .example('$0 user add ana --role admin', 'Somebody who may change things')
      .example('$0 user add wall < password.txt', 'A viewer, for scripts')
      .epilogue(`${PASSWORD_HELP} A daemon that runs knows the user at once.`),
  handler: async ({ state, name, role }) => {
    if (!userNameSchema.safeParse(name).success) {
      throw new InkError('INK_USAGE', `"${name}" cannot be a user's name.`, {
        remedy: 'A name has 1 to 64 letters, digits, dots, dashes, underscores and @.',
      });
    }
    await new UserFile(state).add(name, role, await newPassword(name));
    terminal.print(`${name} may log in as ${role}.`);
  },
});

const listCommand = (terminal: Terminal): CommandModule<StateArguments, ListArguments> => ({
  command: 'list',
  describe: 'List the users',
  builder: (yargs) =>
    yargs
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON' })
      .example('$0 user list', 'Names, roles, and how many tokens each has'),
  handler: async ({ state, json }) => {
    const users = (await new UserFile(state).users()).map(({ name, role, tokens }) => ({
      name,
      role,
      tokens: tokens.length,
    }));
    if (json) terminal.print(JSON.stringify(users));
    else if (users.length === 0) terminal.note('There is no user; the page answers this machine alone.');
    else
      terminal.print(
        table(
          ['name', 'role', 'tokens'],
          users.map((user) => Object.values(user).map(String)),
        ),
      );
  },
});

const removeCommand = (terminal: Terminal): CommandModule<StateArguments, UserArguments> => ({
  command: 'remove <name>',
  describe: 'Remove a user with all tokens; its sessions are logged out',
  builder: (yargs) => withName(yargs).example('$0 user remove ana', 'Somebody has left'),
  handler: async ({ state, name }) => {
    await new UserFile(state).remove(name);
    terminal.print(`${name} is removed.`);
  },
});

const passwordCommand = (terminal: Terminal): CommandModule<StateArguments, UserArguments> => ({
  command: 'password <name>',
  describe: "Set another password; the user's sessions are logged out",
  builder: (yargs) => withName(yargs).example('$0 user password ana', 'One was forgotten').epilogue(PASSWORD_HELP),
  handler: async ({ state, name }) => {
    await new UserFile(state).setPassword(name, await newPassword(name));
    terminal.print(`${name} has a new password.`);
  },
});

const tokenCommand = (terminal: Terminal): CommandModule<StateArguments, TokenArguments> => ({
  command: 'token <name>',
  describe: 'Make a token for a program that acts as this user; it is shown only once',
  builder: (yargs) =>
    withName(yargs)
      .option('revoke', { type: 'boolean', default: false, describe: "Revoke all of the user's tokens" })
      .example('$0 user token ana', 'For a script: curl -H "Authorization: Bearer TOKEN" ...')
      .example('$0 user token ana --revoke', 'A token has got into the wrong hands'),
  handler: async ({ state, name, revoke }) => {
    const users = new UserFile(state);
    if (!revoke) {
      terminal.print(await users.addToken(name));
      return;
    }
    await users.revokeTokens(name);
    terminal.print(`${name} has no token any more.`);
  },
});
