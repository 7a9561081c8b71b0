import type { Terminal } from '@inkcast/shared/cli';

/** The help of one command. */
export interface CommandHelp {
  /** Such as `['model', 'list']`; empty for the program itself. */
  readonly path: readonly string[];
  readonly text: string;
  /** Names of the commands below it. */
  readonly commands: readonly string[];
  /** With their dashes. */
  readonly options: readonly string[];
}

type CommandLine = (args: readonly string[], terminal: Terminal) => Promise<number>;

/** The help of the program and of each command, printed by the program; the program comes first. */
export async function commandHelp(runCommandLine: CommandLine): Promise<CommandHelp[]> {
  // The help shows the state folder of the current user, which differs for the users of the package.
  process.env.XDG_STATE_HOME = '~/.local/state';
  const pages: CommandHelp[] = [];
  await visit([]);
  return pages;

  async function visit(path: readonly string[]): Promise<void> {
    const lines: string[] = [];
    const terminal: Terminal = {
      interactive: false,
      print: (line) => lines.push(line),
      note: (line) => lines.push(line),
      log: () => {},
    };
    if ((await runCommandLine([...path, '--help'], terminal)) !== 0) throw new Error(lines.join('\n'));
    const text = lines.join('\n');
    const prefix = ['inkcast', ...path].join(' ');
    const listed = text.matchAll(new RegExp(`^ {2}${prefix} ([a-z-]+)`, 'gm'));
    // The examples show commands too.
    const commands = new Set(text.includes('\nCommands:') ? [...listed].map(([, name]) => name) : []);
    // The examples show options too.
    const described = text.split('\nOptions:\n')[1]?.split('\n\n')[0] ?? '';
    const options = [...described.matchAll(/^ {2,}(?:-\w, +)?(--[a-z-]+)/gm)].map(([, name]) => name);
    pages.push({ path, text, commands: [...commands], options });
    for (const name of commands) await visit([...path, name]);
  }
}
