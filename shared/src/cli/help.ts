import type { Argv } from 'yargs';

/** Narrower, and yargs puts a letter or two into a line. */
const MIN_COLUMNS = 40;
/** Where nobody knows how wide the page is. */
const USUAL_COLUMNS = 80;
/** Stands for the first example in what yargs lays out; the next characters, all without a meaning, for the next. */
const FIRST_EXAMPLE = 0xe000;

/**
 * Has yargs lay out its help for a width, but leaves examples whole, so that they can be copied: each is a line of its
 * own, however long, and what it does follows below.
 *
 * @param name of the program, as it is typed
 * @param columns of the screen
 * @returns what makes text to be shown of the help as yargs lays it out
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

/** The words of a text in lines of at most so many characters. */
function lines(text: string, width: number): string[] {
  const found: string[] = [];
  for (const word of text.split(' ')) {
    const last = found.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) found[found.length - 1] = `${last} ${word}`;
    else if (word !== '') found.push(word);
  }
  return found;
}
