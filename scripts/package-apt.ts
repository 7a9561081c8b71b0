// `npm run package:apt -- --key KEY`: adds the Debian packages in dist to a signed apt repository in dist/apt, a folder for any
// web server (docs/guide/apt.md).
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { publishPackages } from './package/apt/repository.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const TOOLS = { 'apt-ftparchive': 'apt-utils', gpg: 'gnupg' };

function end(problem: string, code: number): never {
  console.error(`package:apt: ${problem}`);
  if (code === 2) console.error('usage: npm run package:apt -- --key KEY [--debs FOLDER] [--out FOLDER]');
  process.exit(code);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function options() {
  try {
    return parseArgs({
      options: {
        key: { type: 'string' },
        debs: { type: 'string', default: `${root}dist` },
        out: { type: 'string', default: `${root}dist/apt` },
      },
    }).values;
  } catch (error) {
    return end(messageOf(error), 2);
  }
}

const { key, debs, out } = options();
if (key === undefined) end('say which key signs: its fingerprint or address, as gpg --list-secret-keys shows it', 2);
for (const [command, name] of Object.entries(TOOLS)) {
  if (spawnSync(command, ['--version']).error !== undefined) end(`${command} is missing; apt install ${name}`, 1);
}
const packages = existsSync(debs) ? readdirSync(debs).filter((name) => /^inkcast_.*\.deb$/.test(name)) : [];
if (packages.length === 0) end(`${debs} has no package; npm run package:deb makes one`, 1);
try {
  publishPackages({ folder: resolve(out), packages: packages.map((name) => resolve(join(debs, name))), key });
  console.log(relative(process.cwd(), out));
} catch (error) {
  end(messageOf(error), 1);
}
