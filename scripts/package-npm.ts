// `npm run package:npm`: writes the npm packages of this version into dist/npm: inkcast and the libraries (docs/guide/npm.md).
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packNpm } from './package/npm/pack.js';
import { PackagingCommand } from './package/packaging-command.js';

const root = fileURLToPath(new URL('..', import.meta.url));

const command: PackagingCommand = new PackagingCommand('package:npm', '[--out FOLDER]');

const { out } = command.options({ out: { type: 'string', default: `${root}dist/npm` } });
await command.run(() => {
  for (const file of packNpm(root, resolve(out))) console.log(relative(process.cwd(), file));
});
