import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { ROOT } from './imports.js';

const packageSchema = z.object({ exports: z.record(z.string(), z.record(z.string(), z.string())) });

async function readPackage(folder: string): Promise<z.infer<typeof packageSchema>> {
  return packageSchema.parse(JSON.parse(await readFile(join(ROOT, folder, 'package.json'), 'utf8')));
}

describe('the packages', () => {
  for (const name of ['shared', 'training', 'device', 'lab']) {
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
});
