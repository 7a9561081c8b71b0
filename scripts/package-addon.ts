// `npm run package:addon -- --image NAME-{arch} --url ADDRESS`: writes dist/addon, a repository of Home Assistant's add-ons
// (docs/guide/containers.md). `npm run package:oci` builds the images that it names.
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeAddonRepository } from './package/addon/addon-repository.js';
import { needPlaces } from './package/addon/need-places.js';
import { ownVersion } from './package/details.js';
import { PackagingCommand } from './package/packaging-command.js';

const root = fileURLToPath(new URL('..', import.meta.url));

const command: PackagingCommand = new PackagingCommand(
  'package:addon',
  '--image NAME-{arch} --url ADDRESS [--out FOLDER]',
);

const { image, url, out } = command.options({
  image: { type: 'string', default: '' },
  url: { type: 'string', default: '' },
  out: { type: 'string', default: join(root, 'dist/addon') },
});
needPlaces(command, image, url);
writeAddonRepository(root, out, { version: ownVersion(root), image, url });
console.log(relative(process.cwd(), out));
