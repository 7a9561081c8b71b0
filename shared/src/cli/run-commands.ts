import yargs, { type Argv } from 'yargs';
import { asInkError } from '../errors/index.js';
import { checkOptions } from './check-options.js';
import { declarationsOf } from './declarations.js';
import type { ExitCode } from './exit-code.js';
import { layOutHelp } from './help.js';
import type { Terminal } from './terminal.js';
import { markWords, unmarked } from './typed-words.js';
import { usageError } from './usage-error.js';

/** A program and its commands, each of which parses its own arguments. */
export interface CommandLine {
  /** As typed. */
  readonly name: string;
  /** One sentence. */
  readonly purpose: string;
  readonly version: string;
  readonly addCommands: (parser: Argv) => Argv;
  /** Set by commands that end without an error, but without success. */
  readonly exit: ExitCode;
}

/**
 * Runs the command that the arguments name.
 *
 * @returns the exit code: 0 done, 1 failed, 2 bad usage or configuration, 130 stopped by Ctrl-C
 */
export async function runCommands(line: CommandLine, args: readonly string[], terminal: Terminal): Promise<number> {
  const parser = yargs().scriptName(line.name);
  const shown = layOutHelp(parser, line.name, terminal.screen?.columns);
  let isChecked = false;
  parser
    // Our messages are in English, whatever the locale.
    .detectLocale(false)
    .parserConfiguration({ 'camel-case-expansion': false, 'dot-notation': false })
    .usage(`$0 <command>\n\n${line.purpose}`)
    .demandCommand(1, 'A command is missing.')
    .strict()
    .version(line.version)
    .alias({ h: 'help' })
    .exitProcess(false)
    // yargs calls this for the innermost command first, then for its parents, which have other options.
    .middleware((values) => {
      if (isChecked || values.help === true) return;
      isChecked = true;
      for (const [name, value] of Object.entries(values)) Object.assign(values, { [name]: typedValue(value) });
      checkOptions(args, values, declarationsOf(parser));
    }, true)
    .fail((message, error) => {
      // yargs reports some of its own objections as errors.
      if (error !== undefined && error.name !== 'YError') throw error;
      throw usageError(message, args, declarationsOf(parser));
    });
  try {
    // With a callback, yargs passes help and version to it instead of printing them.
    await line.addCommands(parser).parseAsync(markWords(args), {}, (_error, _parsed, output) => {
      if (output !== '') terminal.print(shown(output));
    });
    return line.exit.code;
  } catch (error) {
    const coded = asInkError(error);
    terminal.note(String(coded));
    return coded.exitCode;
  }
}

function typedValue(value: unknown): unknown {
  if (typeof value === 'string') return unmarked(value);
  return Array.isArray(value) ? value.map(typedValue) : value;
}
