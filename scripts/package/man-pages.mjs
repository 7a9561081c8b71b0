/** inkcast(1): the written page, with the help of every command where it says `@COMMANDS@`. */
export function commandPage(template, pages, { version, date }) {
  const commands = pages
    .filter(({ path }) => path.length > 0)
    .map(({ path, text }) => `.SS ${roff(['inkcast', ...path].join(' '))}\n${example(text)}`);
  return template
    .replace('@DATE@', date)
    .replace('@VERSION@', version)
    .replace('@COMMANDS@\n', () => `${commands.join('\n')}\n`);
}

/** inkcast.yaml(5): every key of the configuration, where the written page says `@KEYS@`. */
export function configurationPage(template, keys, { version, date }) {
  const entries = keys.map(({ path, description, allowed, fallback }) => {
    const values = fallback === undefined ? allowed : `${allowed}; default: ${fallback}`;
    return `.TP\n.B ${roff(path.join('.'))}\n${roff(description)} (${roff(values)})`;
  });
  return template
    .replace('@DATE@', date)
    .replace('@VERSION@', version)
    .replace('@KEYS@\n', () => `${entries.join('\n')}\n`);
}

function example(text) {
  return `.EX\n${text.split('\n').map(roff).join('\n')}\n.EE`;
}

/** Plain text for roff: hyphens that can be copied, no line taken for a request. */
function roff(text) {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/, '\\&');
}
