import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { LockedPackage } from './production-packages.js';

/** Debian has these texts in /usr/share/common-licenses and requires a reference instead of a copy. */
const COMMON: Readonly<Record<string, string>> = { 'Apache-2.0': 'Apache-2.0', 'LGPL-3.0-or-later': 'LGPL-3' };
/** Binary packages without a licence text, and the package of the same project that contains it. */
const TEXT_FROM: readonly (readonly [RegExp, string])[] = [
  [/^@koromix\/koffi-/, 'node_modules/koffi'],
  [/^@libsql\/linux-/, 'node_modules/libsql'],
];

/** The text for packages that name the MIT licence and contain no file of it. Their package.json names the author. */
const MIT = fileURLToPath(new URL('../../systemd/debian/mit-licence', import.meta.url));

const manifestSchema = z.object({ author: z.union([z.string(), z.object({ name: z.string() })]).optional() });

/** Where the npm packages were copied from, by location. */
export type PackageFolders = ReadonlyMap<string, string>;

/** The npm packages that share a licence and its text. */
interface LicenceGroup {
  readonly license: string;
  readonly text: string;
  readonly entries: readonly LockedPackage[];
}

/**
 * The file debian/copyright (Debian's machine-readable format 1.0): the head from the template, then a paragraph for each
 * npm package in the Debian package, with the text of its licence.
 */
export function copyrightFile(head: string, packages: readonly LockedPackage[], folders: PackageFolders): string {
  const shipped = packages.filter(({ location }) => folders.has(location));
  const byText = new Map<string, LicenceGroup>();
  for (const entry of shipped) {
    const text = licenceText(entry, folders);
    const key = `${entry.license}\n${text}`;
    const same = byText.get(key) ?? { license: entry.license, text, entries: [] };
    byText.set(key, { ...same, entries: [...same.entries, entry] });
  }
  return `${head.trimEnd()}\n\n${[...byText.values()].map((group) => paragraph(group, folders)).join('\n')}`;
}

function paragraph({ license, text, entries }: LicenceGroup, folders: PackageFolders): string {
  const files = entries.map(({ location }) => `usr/lib/inkcast/${location}/*`).join('\n ');
  const owners = [...new Set(entries.flatMap((entry) => copyrightLines(text, entry, folders)))];
  const versions = entries.map(({ name, version }) => `${name} ${version}`).join(', ');
  return `Files: ${files}
Copyright: ${owners.join('\n ')}
License: ${license}
${indented(text)}
Comment: ${versions}
`;
}

function licenceText({ name, license, location }: LockedPackage, folders: PackageFolders): string {
  if (license in COMMON) {
    const path = `/usr/share/common-licenses/${COMMON[license]}`;
    return `On Debian systems the text of this licence is in\n${path}.${furtherNotice(name, location, folders)}`;
  }
  const from = TEXT_FROM.find(([pattern]) => pattern.test(name))?.[1] ?? location;
  const text = licenceFile(folderOf(from, folders)) ?? (license === 'MIT' ? readFileSync(MIT, 'utf8') : undefined);
  if (text === undefined) throw new Error(`${name} comes without the text of its licence, ${license}`);
  return text;
}

/** The README of libvips lists the libraries inside of it, with their licences. */
function furtherNotice(name: string, location: string, folders: PackageFolders): string {
  if (!name.startsWith('@img/sharp-libvips-')) return '';
  const readme = readFileSync(join(folderOf(location, folders), 'README.md'), 'utf8');
  return `\n\n${readme.slice(readme.indexOf('This software contains'))}`;
}

function licenceFile(folder: string): string | undefined {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  return file === undefined ? undefined : readFileSync(join(folder, file), 'utf8');
}

function copyrightLines(text: string, { location, name }: LockedPackage, folders: PackageFolders): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  const found = lines.filter((line) => /^(copyright|\(c\)|©)\b.*\w/i.test(line) && !/notice|permission/i.test(line));
  if (found.length > 0) return found.map((line) => line.replace(/^copyright:?\s*/i, ''));
  const manifest: unknown = JSON.parse(readFileSync(join(folderOf(location, folders), 'package.json'), 'utf8'));
  const { author } = manifestSchema.parse(manifest);
  const person = typeof author === 'string' ? author : author?.name;
  return [person ?? `the authors of ${name}`];
}

function folderOf(location: string, folders: PackageFolders): string {
  const folder = folders.get(location);
  if (folder === undefined) throw new Error(`${location} is no part of the package`);
  return folder;
}

/** Continuation lines of a field; an empty one is a single dot. */
function indented(text: string): string {
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) => (line.trim() === '' ? ' .' : ` ${line.trimEnd()}`))
    .join('\n');
}
