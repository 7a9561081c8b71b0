// `npm run package:oci -- --arch arm64`: builds the images of Inkcast for containers and for Home Assistant
// (docs/guide/containers.md). It needs root and Debian's packages buildah and mmdebstrap, and for another
// architecture qemu-user-static.
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isArchitecture, OWN_ARCHITECTURE as own } from './package/architectures.js';
import { ownVersion, sourceDate } from './package/details.js';
import { buildImages } from './package/oci/build-images.js';
import { needImageTools } from './package/oci/image-tools.js';
import { PackagingCommand } from './package/packaging-command.js';

const root = fileURLToPath(new URL('..', import.meta.url));

const command: PackagingCommand = new PackagingCommand('package:oci', '[--arch amd64|arm64] [--out FOLDER]');

const { arch, out } = command.options({
  arch: { type: 'string', default: own ?? 'arm64' },
  out: { type: 'string', default: `${root}dist` },
});
if (!isArchitecture(arch)) command.misused(`there is no image for ${arch}`);
needImageTools(command, [arch]);
await command.run(async () => {
  const [version, date] = [ownVersion(root), sourceDate(root)];
  const files = await buildImages({ root, architecture: arch, version, out: resolve(out), date });
  for (const file of files) console.log(relative(process.cwd(), file));
});
