import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inTemporaryFolder } from '../support/temporary-folder.js';

const FILES = [
  'training/wasm/kernels-simd.wasm',
  'training/wasm/kernels-relaxed-simd.wasm',
  'reader/wasm/vision.wasm',
  'reader/wasm/engine.wasm',
];

describe('the committed kernels', () => {
  for (const file of FILES) {
    it(`are those of the sources: ${file}`, () =>
      inTemporaryFolder(async (folder) => {
        await promisify(execFile)(process.execPath, [...process.execArgv, 'scripts/build-kernels.ts', folder, file]);
        const [built, committed] = await Promise.all([readFile(join(folder, file)), readFile(file)]);
        assert.ok(built.equals(committed), `${file} is stale: run npm run build:kernels`);
      }));
  }
});
