import { InkError } from '../errors/index.js';
import type { Declarations } from './declarations.js';
import { ending, suggest } from './suggest.js';
import { type TypedOption, typedOptions } from './typed-words.js';

/**
 * Checks that every typed option exists and has one value of its kind. yargs itself turns wrong values into lists,
 * false or NaN.
 *
 * @param words as typed
 * @param values as parsed by yargs
 * @throws InkError INK_USAGE naming the option
 */
export function checkOptions(words: readonly string[], values: object, declared: Declarations): void {
  checkNames(words, declared);
  const seen = new Set<string>();
  for (const option of typedOptions(words)) {
    if (isAny(option.names[0], declared.switches, declared)) checkSwitch(option);
    else checkValue(option, seen, declared);
  }
  checkChoices(values, declared);
}

/** @throws InkError INK_USAGE if an unknown option was typed */
export function checkNames(words: readonly string[], declared: Declarations): void {
  const known = [...declared.aliases.keys()];
  for (const { shown, names, isNegated } of typedOptions(words)) {
    const areSwitches = names.every((name) => isAny(name, declared.switches, declared));
    if (names.every((name) => known.includes(name)) && (!isNegated || areSwitches)) continue;
    const options = known.filter((name) => name.length > 1 && !declared.positionals.includes(name));
    const meant = suggest(names.join(''), options);
    throw wrong(`There is no option ${shown} here${ending(meant === undefined ? undefined : `--${meant}`)}`);
  }
}

/** Whether an option has one of these names. */
function isAny(name: string, names: readonly string[], { aliases }: Declarations): boolean {
  return [name, ...(aliases.get(name) ?? [])].some((alias) => names.includes(alias));
}

function checkSwitch({ shown, assigned }: TypedOption): void {
  if (assigned === undefined || assigned === 'true' || assigned === 'false') return;
  throw wrong(`${shown} is either true or false, and not "${assigned}".`);
}

function checkValue(
  { shown, names: [name], assigned, following }: TypedOption,
  seen: Set<string>,
  declared: Declarations,
): void {
  const value = assigned ?? following;
  if (value === undefined || value.trim() === '') throw wrong(`${shown} needs a value.`);
  if (isAny(name, declared.numbers, declared) && !Number.isFinite(Number(value))) {
    throw wrong(`${shown} must be a number, and not "${value}".`);
  }
  if (isAny(name, declared.lists, declared)) return;
  if (isAny(name, [...seen], declared)) throw wrong(`${shown} is given more than once.`);
  seen.add(name);
}

function checkChoices(values: object, { choices, positionals }: Declarations): void {
  for (const [name, value] of Object.entries(values)) {
    const allowed = choices.get(name);
    if (allowed === undefined || value === undefined) continue;
    const other = [value].flat().find((each) => !allowed.includes(each));
    if (other === undefined) continue;
    const shown = positionals.includes(name) ? name : `--${name}`;
    const meant = suggest(String(other), allowed);
    throw wrong(`${shown} must be one of ${allowed.join(', ')}, and not "${other}"${ending(meant)}`);
  }
}

const wrong = (message: string) => new InkError('INK_USAGE', message);
