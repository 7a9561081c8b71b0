// `npm run package:deb -- --arch arm64`: builds dist/inkcast_VERSION_arm64.deb on any Linux with dpkg-deb. npm downloads the
// binaries for the other architecture.
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isArchitecture, OWN_ARCHITECTURE as own } from './package/architectures.js';
import { buildDeb } from './package/build-deb.js';
import { MAINTAINER, sourceDate } from './package/details.js';
import { PackagingCommand } from './package/packaging-command.js';

const root = fileURLToPath(new URL('..', import.meta.url));

const command: PackagingCommand = new PackagingCommand('package:deb', '[--arch amd64|arm64] [--out FOLDER] [--fast]');

const { arch, out, fast } = command.options({
  arch: { type: 'string', default: own ?? 'arm64' },
  out: { type: 'string', default: `${root}dist` },
  // For tests: compresses in a tenth of the time, to twice the size.
  fast: { type: 'boolean', default: false },
});
if (!isArchitecture(arch)) command.misused(`there is no package for ${arch}`);
command.needs('dpkg-deb', 'on Debian it comes with dpkg');
await command.run(async () => {
  const file = await buildDeb({
    root,
    architecture: arch,
    out,
    compression: fast ? ['-Zgzip', '-z1'] : ['-Zxz'],
    date: sourceDate(root),
    maintainer: MAINTAINER,
  });
  console.log(relative(process.cwd(), file));
});
