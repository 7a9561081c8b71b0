/** inkcast(1): the template with the help of every command in place of `@COMMANDS@`. */
export function commandPage(template, pages, { version, date }) {
  const commands = pages
    .filter(({ path }) => path.length > 0)
    .map(({ path, text }) => `.SS ${roff(['inkcast', ...path].join(' '))}\n${example(text)}`);
  return template
    .replace('@DATE@', date)
    .replace('@VERSION@', version)
    .replace('@COMMANDS@\n', () => `${commands.join('\n')}\n`);
}

/** inkcast.yaml(5): the template with every key of the configuration in place of `@KEYS@`. */
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

/** Escapes text for roff: hyphens can be copied, and no line counts as a request. */
function roff(text) {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/, '\\&');
}
