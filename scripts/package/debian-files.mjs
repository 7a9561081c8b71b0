/** Fills the template of DEBIAN/control. */
export function controlFile(template, { version, maintainer, architecture, glibc, installedBytes }) {
  return template
    .replace('@VERSION@', version)
    .replace('@MAINTAINER@', maintainer)
    .replace('@ARCHITECTURE@', architecture)
    .replace('@GLIBC@', glibc)
    .replace('@INSTALLED_SIZE@', String(Math.ceil(installedBytes / 1024)));
}

/** What CHANGELOG.md says of this version, in the form of debian/changelog. */
export function changelogFile(markdown, { version, maintainer, date }) {
  const section = markdown.split(/^## /m).find((text) => text.startsWith(version));
  if (section === undefined) throw new Error(`CHANGELOG.md says nothing of ${version}`);
  const entries = section.slice(section.indexOf('\n')).trim().split(/^- /m).slice(1).map(entryLines);
  // RFC 5322, as dpkg-parsechangelog wants it.
  const when = date.toUTCString().replace('GMT', '+0000');
  return `inkcast (${version}) unstable; urgency=medium\n\n${entries.join('')}\n -- ${maintainer}  ${when}\n`;
}

/** Folds an entry to the 80 columns that Debian's tools want. */
function entryLines(text) {
  const lines = ['  *'];
  for (const word of text.trim().split(/\s+/)) {
    if (lines.at(-1).length + 1 + word.length > 79) lines.push('   ');
    lines.push(`${lines.pop()} ${word}`);
  }
  return `${lines.join('\n')}\n`;
}
