// `npm run package:addon -- --image NAME-{arch} --url ADDRESS`: writes dist/addon, a repository of Home Assistant's add-ons
// (docs/guide/containers.md). `npm run package:oci` builds the images that it names.
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeAddonRepository } from './package/addon/addon-repository.js';
import { ownVersion } from './package/details.js';

const root = fileURLToPath(new URL('..', import.meta.url));

function usage(problem: string): never {
  console.error(`package:addon: ${problem}`);
  console.error('usage: npm run package:addon -- --image NAME-{arch} --url ADDRESS [--out FOLDER]');
  process.exit(2);
}

function options() {
  try {
    return parseArgs({
      options: {
        image: { type: 'string', default: '' },
        url: { type: 'string', default: '' },
        out: { type: 'string', default: join(root, 'dist/addon') },
      },
    }).values;
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error));
  }
}

const { image, url, out } = options();
if (!image.includes('{arch}')) usage('say where the images are, with {arch} for the architecture');
if (!URL.canParse(url)) usage('say the address of the repository');
writeAddonRepository(root, out, { version: ownVersion(root), image, url });
console.log(relative(process.cwd(), out));
