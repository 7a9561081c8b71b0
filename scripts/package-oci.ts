// `npm run package:oci -- --arch arm64`: builds the images of Inkcast for containers and for Home Assistant
// (docs/guide/containers.md). It needs root and Debian's packages buildah and mmdebstrap, and for another
// architecture qemu-user-static.
import { spawnSync } from 'node:child_process';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isArchitecture, OWN_ARCHITECTURE as own } from './package/architectures.js';
import { ownVersion, sourceDate } from './package/details.js';
import { buildImages } from './package/oci/build-images.js';

const root = fileURLToPath(new URL('..', import.meta.url));

function end(problem: string, code: number): never {
  console.error(`package:oci: ${problem}`);
  if (code === 2) console.error('usage: npm run package:oci -- [--arch amd64|arm64] [--out FOLDER]');
  process.exit(code);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function options() {
  try {
    return parseArgs({
      options: {
        arch: { type: 'string', default: own ?? 'arm64' },
        out: { type: 'string', default: `${root}dist` },
      },
    }).values;
  } catch (error) {
    return end(messageOf(error), 2);
  }
}

const { arch, out } = options();
if (!isArchitecture(arch)) end(`there is no image for ${arch}`, 2);
if (process.getuid?.() !== 0) end('it needs root', 1);
for (const name of ['mmdebstrap', 'buildah']) {
  if (spawnSync(name, ['--version']).error !== undefined) end(`${name} is missing; apt install ${name}`, 1);
}
try {
  const [version, date] = [ownVersion(root), sourceDate(root)];
  const files = await buildImages({ root, architecture: arch, version, out: resolve(out), date });
  for (const file of files) console.log(relative(process.cwd(), file));
} catch (error) {
  end(messageOf(error), 1);
}
