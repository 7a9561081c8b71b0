import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { inkcast } from '../device/support/command.js';
import { lab } from '../lab/support/command.js';
import { inkcastTrain } from '../training/support/command.js';
import { ROOT } from './imports.js';

const PACKAGES = ['shared', 'training', 'learning', 'reader', 'device', 'lab'];

const packageSchema = z.object({
  version: z.string(),
  exports: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  dependencies: z.record(z.string(), z.string()).default({}),
});
const lockSchema = z.object({ version: z.string(), packages: z.record(z.string(), z.looseObject({})) });

async function readPackage(folder: string): Promise<z.infer<typeof packageSchema>> {
  return packageSchema.parse(JSON.parse(await readFile(join(ROOT, folder, 'package.json'), 'utf8')));
}

describe('the packages', () => {
  for (const name of PACKAGES) {
    it(`${name}: lead tests to sources, and programs to what is compiled of them`, async () => {
      const { exports } = await readPackage(name);
      const folders = (await readdir(join(ROOT, name, 'src'), { withFileTypes: true })).filter(
        (entry) => entry.isDirectory() && existsSync(join(ROOT, name, 'src', entry.name, 'index.ts')),
      );
      assert.ok(folders.length > 0);
      for (const { name: folder } of folders) {
        const source = pathToFileURL(join(ROOT, name, 'src', folder, 'index.ts')).href;
        assert.equal(import.meta.resolve(`@inkcast/${name}/${folder}`), source);
      }
      for (const targets of Object.values(exports)) {
        assert.deepEqual(Object.keys(targets), ['types', 'inkcast-source', 'default']);
        assert.equal(targets.default?.replace(/^\.\/dist\/(.*)\.js$/, './src/$1.ts'), targets['inkcast-source']);
        assert.equal(targets.default?.replace(/\.js$/, '.d.ts'), targets.types);
      }
    });
  }

  it('install with the npm of Debian trixie, 9.2.0, though a tool for development asks for a newer one', async () => {
    // scripts/setup.mjs checks the version of Node.
    assert.doesNotMatch(await readFile(join(ROOT, '.npmrc'), 'utf8'), /^engine-strict/m);
  });

  it('have one version, that of the repository, and take one another as they lie there', async () => {
    const { version } = await readPackage('');
    const lock = lockSchema.parse(JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')));
    assert.equal(lock.version, version, 'npm run set-version');
    for (const name of ['', ...PACKAGES]) {
      assert.equal((await readPackage(name)).version, version, `${name}: npm run set-version`);
      assert.equal(lock.packages[name].version, version, `package-lock.json, ${name}: npm run set-version`);
    }
    for (const name of PACKAGES) {
      const dependencies = Object.entries((await readPackage(name)).dependencies);
      const own = dependencies.filter(([dependency]) => dependency.startsWith('@inkcast/'));
      assert.deepEqual(
        own.filter(([, range]) => range !== '*'),
        [],
      );
    }
    for (const program of [inkcast, inkcastTrain, lab])
      assert.equal((await program('--version')).stdout, `${version}\n`);
  });
});
