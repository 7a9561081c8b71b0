// `npm run package:deb -- --arch arm64`: builds dist/inkcast_VERSION_arm64.deb on any Linux with dpkg-deb. npm downloads the
// binaries for the other architecture.
import { spawnSync } from 'node:child_process';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isArchitecture, OWN_ARCHITECTURE as own } from './package/architectures.js';
import { buildDeb } from './package/build-deb.js';
import { MAINTAINER, sourceDate } from './package/details.js';

const root = fileURLToPath(new URL('..', import.meta.url));

function usage(problem: string): never {
  console.error(`package:deb: ${problem}`);
  console.error('usage: npm run package:deb -- [--arch amd64|arm64] [--out FOLDER] [--fast]');
  process.exit(2);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function options() {
  try {
    return parseArgs({
      options: {
        arch: { type: 'string', default: own ?? 'arm64' },
        out: { type: 'string', default: `${root}dist` },
        // For tests: compresses in a tenth of the time, to twice the size.
        fast: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return usage(messageOf(error));
  }
}

const { arch, out, fast } = options();
if (!isArchitecture(arch)) usage(`there is no package for ${arch}`);
if (spawnSync('dpkg-deb', ['--version']).error !== undefined) {
  console.error('package:deb: dpkg-deb is missing; on Debian it comes with dpkg');
  process.exit(1);
}
try {
  const file = await buildDeb({
    root,
    architecture: arch,
    out,
    compression: fast ? ['-Zgzip', '-z1'] : ['-Zxz'],
    date: sourceDate(root),
    maintainer: MAINTAINER,
  });
  console.log(relative(process.cwd(), file));
} catch (error) {
  console.error(`package:deb: ${messageOf(error)}`);
  process.exit(1);
}
