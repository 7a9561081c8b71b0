import type { ConfigKey } from '@inkcast/device/config';
import type { CommandHelp } from './command-help.js';

/** Version and date of a page of the manual. */
export interface Edition {
  readonly version: string;
  /** As `2026-08-05`. */
  readonly date: string;
}

/** inkcast(1): the template with the help of every command in place of `@COMMANDS@`. */
export function commandPage(template: string, pages: readonly CommandHelp[], { version, date }: Edition): string {
  const commands = pages
    .filter(({ path }) => path.length > 0)
    .map(({ path, text }) => `.SS ${roff(['inkcast', ...path].join(' '))}\n${example(text)}`);
  return template
    .replace('@DATE@', date)
    .replace('@VERSION@', version)
    .replace('@COMMANDS@\n', () => `${commands.join('\n')}\n`);
}

/** inkcast.yaml(5): the template with every key of the configuration in place of `@KEYS@`. */
export function configurationPage(template: string, keys: readonly ConfigKey[], { version, date }: Edition): string {
  const entries = keys.map(({ path, description, allowed, fallback }) => {
    const values = fallback === undefined ? allowed : `${allowed}; default: ${fallback}`;
    return `.TP\n.B ${roff(path.join('.'))}\n${roff(description)} (${roff(values)})`;
  });
  return template
    .replace('@DATE@', date)
    .replace('@VERSION@', version)
    .replace('@KEYS@\n', () => `${entries.join('\n')}\n`);
}

function example(text: string): string {
  return `.EX\n${text.split('\n').map(roff).join('\n')}\n.EE`;
}

/** Escapes text for roff: hyphens can be copied, and no line counts as a request. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/, '\\&');
}
