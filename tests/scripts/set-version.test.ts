import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inTemporaryFolder } from '../support/temporary-folder.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SCRIPT = fileURLToPath(new URL('../../scripts/set-version.ts', import.meta.url));
const HOOKS = fileURLToPath(new URL('../../scripts/from-source.mjs', import.meta.url));
const PACKAGES = ['shared', 'training', 'learning', 'reader', 'device', 'lab'];

describe('scripts/set-version.ts', () => {
  it('gives every package the version, and the lockfile', () =>
    inTemporaryFolder(async (folder) => {
      for (const name of PACKAGES) await mkdir(join(folder, name));
      const manifests = ['package.json', ...PACKAGES.map((name) => `${name}/package.json`)];
      for (const name of ['package-lock.json', ...manifests]) await copyFile(join(ROOT, name), join(folder, name));
      const env = { ...process.env, npm_config_offline: 'true' };
      const set = spawnSync(process.execPath, ['--import', HOOKS, SCRIPT, '9.8.7'], {
        cwd: folder,
        env,
        encoding: 'utf8',
      });
      assert.equal(set.status, 0, set.stderr);
      for (const name of manifests)
        assert.equal(JSON.parse(await readFile(join(folder, name), 'utf8')).version, '9.8.7');
      const lock = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8'));
      for (const name of ['', ...PACKAGES]) assert.equal(lock.packages[name].version, '9.8.7', name);
    }));
});
