// `npm run package:apt -- --key KEY`: adds the Debian packages in dist to a signed apt repository in dist/apt, a folder for any
// web server (docs/guide/apt.md).
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publishPackages } from './package/apt/repository.js';
import { PackagingCommand } from './package/packaging-command.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const command: PackagingCommand = new PackagingCommand('package:apt', '--key KEY [--debs FOLDER] [--out FOLDER]');

const { key, debs, out } = command.options({
  key: { type: 'string' },
  debs: { type: 'string', default: `${root}dist` },
  out: { type: 'string', default: `${root}dist/apt` },
});
if (key === undefined) {
  command.misused('say which key signs: its fingerprint or address, as gpg --list-secret-keys shows it');
}
command.needs('apt-ftparchive', 'apt install apt-utils');
command.needs('gpg', 'apt install gnupg');
const packages = existsSync(debs) ? readdirSync(debs).filter((name) => /^inkcast_.*\.deb$/.test(name)) : [];
if (packages.length === 0) command.fail(`${debs} has no package; npm run package:deb makes one`);
await command.run(() => {
  publishPackages({ folder: resolve(out), packages: packages.map((name) => resolve(join(debs, name))), key });
  console.log(relative(process.cwd(), out));
});
