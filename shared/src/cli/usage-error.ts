import { InkError } from '../errors/index.js';
import { checkNames } from './check-options.js';
import type { Declarations } from './declarations.js';
import { ending, suggest } from './suggest.js';
import { unmarked } from './typed-words.js';

/**
 * Turns yargs' message into one that names what was typed.
 *
 * @param words as typed
 */
export function usageError(message: string, words: readonly string[], declared: Declarations): InkError {
  try {
    // yargs takes the word after an unknown option for its value, and then reports that word as missing.
    checkNames(words, declared);
  } catch (error) {
    if (error instanceof InkError) return error;
    throw error;
  }
  return new InkError('INK_USAGE', sentence(unmarked(message), declared));
}

function sentence(message: string, { path, commands, needed }: Declarations): string {
  const [, got] = /^Not enough non-option arguments: got (\d+)/.exec(message) ?? [];
  if (got !== undefined) {
    const missing = needed.slice(Number(got));
    return `The command "${path.join(' ')}" needs ${missing.join(' and ')}.`;
  }
  const [, unknown] = /^Unknown arguments?: (.*)$/.exec(message) ?? [];
  if (unknown === undefined) return message.replace(/[^.?!]$/, '$&.');
  const [word] = unknown.split(', ');
  if (commands.length === 0) return `"${word}" is one word too many.`;
  return `There is no command "${word}"${ending(suggest(word, commands))}`;
}
