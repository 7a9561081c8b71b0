import type { Argv } from 'yargs';

/** In fewer columns, yargs would break lines after a letter or two. */
const MIN_COLUMNS = 40;
/** Used if the width is unknown. */
const USUAL_COLUMNS = 80;
/**
 * A private-use character that stands for the first example in yargs' layout; the following characters stand for the
 * next ones.
 */
const FIRST_EXAMPLE = 0xe000;

/**
 * Makes yargs lay out its help for a width, but keeps examples whole so that they can be copied: each is on a line of
 * its own, whatever its length, with its description below.
 *
 * @param name of the program, as typed
 * @param columns of the screen
 * @returns a function that turns yargs' layout into the final text
 */
export function layOutHelp(parser: Argv, name: string, columns = USUAL_COLUMNS): (help: string) => string {
  const width = Math.max(columns, MIN_COLUMNS);
  const examples: string[] = [];
  const add = parser.example.bind(parser);
  const example = (command: string, description = '') => {
    const mark = String.fromCharCode(FIRST_EXAMPLE + examples.length);
    examples.push(
      [command.replaceAll('$0', name), ...lines(description, width - 6).map((line) => `      ${line}`)].join('\n'),
    );
    return add(mark, '');
  };
  Object.assign(parser.wrap(width), { example });
  return (help) => help.replaceAll(/[\ue000-\uf8ff]/g, (mark) => examples[mark.charCodeAt(0) - FIRST_EXAMPLE] ?? mark);
}

/** Breaks a text into lines of at most `width` characters. */
function lines(text: string, width: number): string[] {
  const found: string[] = [];
  for (const word of text.split(' ')) {
    const last = found.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) found[found.length - 1] = `${last} ${word}`;
    else if (word !== '') found.push(word);
  }
  return found;
}
