import yargs, { type Argv } from 'yargs';
import { asInkError, InkError } from '../errors/index.js';
import type { ExitCode } from './exit-code.js';
import type { Terminal } from './terminal.js';

/** A program and its commands, each of which parses its own arguments. */
export interface CommandLine {
  /** As it is typed. */
  readonly name: string;
  /** One sentence. */
  readonly purpose: string;
  readonly version: string;
  readonly addCommands: (parser: Argv) => Argv;
  /** What commands set that end without an error, but not with their work done. */
  readonly exit: ExitCode;
}

/**
 * Runs the command that the arguments name.
 *
 * @returns the exit code: 0 done, 1 failed, 2 bad usage or configuration, 130 stopped by Ctrl-C
 */
export async function runCommands(line: CommandLine, args: readonly string[], terminal: Terminal): Promise<number> {
  const parser = line
    .addCommands(yargs().scriptName(line.name).usage(`$0 <command>\n\n${line.purpose}`))
    .demandCommand(1, 'A command is missing.')
    .recommendCommands()
    .strict()
    .version(line.version)
    .alias({ h: 'help' })
    .wrap(100)
    .exitProcess(false)
    .fail((message, error) => {
      // Of what yargs itself objects to, a part comes as errors of its own.
      if (error !== undefined && error.name !== 'YError') throw error;
      throw new InkError('INK_USAGE', `${message.replace(/\.?$/, '.')}`);
    });
  try {
    // With a callback yargs hands help and version over instead of printing them.
    await parser.parseAsync([...args], {}, (_error, _parsed, output) => {
      if (output !== '') terminal.print(output);
    });
    return line.exit.code;
  } catch (error) {
    const coded = asInkError(error);
    terminal.note(String(coded));
    return coded.exitCode;
  }
}
