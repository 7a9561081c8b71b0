import type { Argv } from 'yargs';
import { z } from 'zod';

/** The options and arguments that the current command declares. */
export interface Declarations {
  /** Options and positional arguments, each with its aliases. */
  readonly aliases: ReadonlyMap<string, readonly string[]>;
  readonly positionals: readonly string[];
  /** Required positional arguments, as in the help: `<files..>`. */
  readonly needed: readonly string[];
  /** Those that may have several values. */
  readonly lists: readonly string[];
  readonly numbers: readonly string[];
  readonly switches: readonly string[];
  /** Those that take one of a few values. */
  readonly choices: ReadonlyMap<string, readonly string[]>;
  /** The parent commands, and the sub-commands that can follow. */
  readonly path: readonly string[];
  readonly commands: readonly string[];
}

const POSITIONALS = 'Positionals:';
const names = z.array(z.string());
const optionsSchema = z.object({ array: names, number: names, boolean: names, choices: z.record(z.string(), names) });
const groupsSchema = z.object({ [POSITIONALS]: names.default([]) });
const contextSchema = z.object({ commands: names, fullCommands: names });

/** Reads declarations from yargs that its types do not include. */
export function declarationsOf(parser: Argv): Declarations {
  const { array, number, boolean, choices } = optionsSchema.parse(ask(parser, 'getOptions'));
  const inner = ask(parser, 'getInternalMethods');
  const { commands, fullCommands } = contextSchema.parse(ask(inner, 'getContext'));
  return {
    aliases: new Map(parser.parsed === false ? [] : Object.entries(parser.parsed.aliases)),
    positionals: groupsSchema.parse(ask(parser, 'getGroups'))[POSITIONALS],
    needed: fullCommands.at(-1)?.match(/<[^>]+>/g) ?? [],
    lists: array,
    numbers: number,
    switches: boolean,
    choices: new Map(Object.entries(choices)),
    path: commands,
    commands: names.parse(ask(ask(inner, 'getCommandInstance'), 'getCommands')),
  };
}

function ask(thing: unknown, method: string): unknown {
  const found: unknown = typeof thing === 'object' && thing !== null ? Reflect.get(thing, method) : undefined;
  if (typeof found !== 'function') throw new TypeError(`This version of yargs has no ${method}`);
  return found.call(thing);
}
