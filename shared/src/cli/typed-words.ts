/** Marks a word that must not be parsed as an option. No argument of a process can contain this character. */
const MARK = '\0';
const NEGATIVE_NUMBER = /^-(\d+(\.\d+)?|\.\d+)$/;

/** An option as typed. */
export interface TypedOption {
  /** With its dashes, but without its value: `--limit`. */
  readonly shown: string;
  /** `limit`, also for `--no-limit`; both letters for `-ab`. */
  readonly names: readonly string[];
  readonly isNegated: boolean;
  /** The value after `=`. */
  readonly assigned: string | undefined;
  /** The next word, if it is not an option. */
  readonly following: string | undefined;
}

/**
 * The words for yargs. yargs only passes on what follows `--`, so it is replaced by an option without a meaning, which
 * also ends lists of values.
 */
export function markWords(words: readonly string[]): string[] {
  const end = endOfOptions(words);
  const before = words.slice(0, end);
  const after = words.slice(end + 1).map((word) => (word.startsWith('-') ? MARK + word : word));
  const isHelp = before.some((word) => word === '--help' || word === '-h');
  return [...before, ...(after.length === 0 || isHelp ? [] : ['--help=false']), ...after];
}

/** A word, or a message that contains one, as typed. */
export function unmarked(text: string): string {
  return text.replaceAll(MARK, '');
}

export function typedOptions(words: readonly string[]): TypedOption[] {
  const before = words.slice(0, endOfOptions(words));
  return before.flatMap((word, at) => {
    if (!isOption(word)) return [];
    const [shown, ...rest] = word.split('=');
    const assigned = rest.length === 0 ? undefined : rest.join('=');
    const next = before.at(at + 1);
    const following = next === undefined || isOption(next) ? undefined : next;
    if (!shown.startsWith('--')) return [{ shown, names: [...shown.slice(1)], isNegated: false, assigned, following }];
    const isNegated = shown.startsWith('--no-');
    return [{ shown, names: [shown.slice(isNegated ? '--no-'.length : 2)], isNegated, assigned, following }];
  });
}

function endOfOptions(words: readonly string[]): number {
  const at = words.indexOf('--');
  return at < 0 ? words.length : at;
}

function isOption(word: string): boolean {
  return word.startsWith('-') && word !== '-' && !NEGATIVE_NUMBER.test(word);
}
