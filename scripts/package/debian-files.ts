import type { ArchitectureName } from './architectures.js';

/** What is said of a package that no source says. */
export interface PackageDetails {
  readonly version: string;
  readonly architecture: ArchitectureName;
  readonly date: Date;
  /** Name and address. */
  readonly maintainer: string;
}

/** What the files of a package say of it. */
export interface Measured {
  /** The oldest version of glibc that its libraries run with. */
  readonly glibc: string;
  readonly installedBytes: number;
}

/** Fills the template of DEBIAN/control. */
export function controlFile(template: string, details: PackageDetails, { glibc, installedBytes }: Measured): string {
  const { version, maintainer, architecture } = details;
  return template
    .replace('@VERSION@', version)
    .replace('@MAINTAINER@', maintainer)
    .replace('@ARCHITECTURE@', architecture)
    .replace('@GLIBC@', glibc)
    .replace('@INSTALLED_SIZE@', String(Math.ceil(installedBytes / 1024)));
}

/** The section of CHANGELOG.md for this version, in the format of debian/changelog. */
export function changelogFile(markdown: string, { version, maintainer, date }: PackageDetails): string {
  const section = markdown.split(/^## /m).find((text) => text.startsWith(version));
  if (section === undefined) throw new Error(`CHANGELOG.md has no section for ${version}`);
  const text = section.slice(section.indexOf('\n')).replace(/^### .*$/gm, '');
  const entries = text.split(/^- /m).slice(1).map(entryLines);
  // dpkg-parsechangelog requires RFC 5322.
  const when = date.toUTCString().replace('GMT', '+0000');
  return `inkcast (${version}) unstable; urgency=medium\n\n${entries.join('')}\n -- ${maintainer}  ${when}\n`;
}

/** Wraps an entry at 80 columns, the limit of Debian's tools. */
function entryLines(text: string): string {
  const lines: string[] = [];
  let line = '  *';
  for (const word of text.trim().split(/\s+/)) {
    if (line.length + 1 + word.length > 79) {
      lines.push(line);
      line = '   ';
    }
    line = `${line} ${word}`;
  }
  return `${[...lines, line].join('\n')}\n`;
}
