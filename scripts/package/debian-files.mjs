/** Fills the template of DEBIAN/control. */
export function controlFile(template, { version, maintainer, architecture, glibc, installedBytes }) {
  return template
    .replace('@VERSION@', version)
    .replace('@MAINTAINER@', maintainer)
    .replace('@ARCHITECTURE@', architecture)
    .replace('@GLIBC@', glibc)
    .replace('@INSTALLED_SIZE@', String(Math.ceil(installedBytes / 1024)));
}

/** The section of CHANGELOG.md for this version, in the format of debian/changelog. */
export function changelogFile(markdown, { version, maintainer, date }) {
  const section = markdown.split(/^## /m).find((text) => text.startsWith(version));
  if (section === undefined) throw new Error(`CHANGELOG.md has no section for ${version}`);
  const text = section.slice(section.indexOf('\n')).replace(/^### .*$/gm, '');
  const entries = text.split(/^- /m).slice(1).map(entryLines);
  // dpkg-parsechangelog requires RFC 5322.
  const when = date.toUTCString().replace('GMT', '+0000');
  return `inkcast (${version}) unstable; urgency=medium\n\n${entries.join('')}\n -- ${maintainer}  ${when}\n`;
}

/** Wraps an entry at 80 columns, the limit of Debian's tools. */
function entryLines(text) {
  const lines = ['  *'];
  for (const word of text.trim().split(/\s+/)) {
    if (lines.at(-1).length + 1 + word.length > 79) lines.push('   ');
    lines.push(`${lines.pop()} ${word}`);
  }
  return `${lines.join('\n')}\n`;
}
