import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const LICENCE = /^(licen[cs]e|copying)/i;

/**
 * An npm package whose code is copied into what is built. Its licence asks to be named with it, and the bill of materials lists it.
 *
 * @param {string} folder of the installed package
 */
export function licenceOf(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => LICENCE.test(each));
  const location = relative(root, folder).replaceAll(sep, '/');
  if (file !== undefined)
    return { location, name, version, license, text: readFileSync(join(folder, file), 'utf8').trim() };
  if (license !== 'MIT') throw new Error(`${name} comes without the text of its licence`);
  const text = readFileSync(join(root, 'systemd/debian/mit-licence'), 'utf8').trim();
  const owner = author?.name ?? author ?? `the authors of ${name}`;
  return { location, name, version, license, text: `Copyright ${owner}\n\n${text}` };
}
