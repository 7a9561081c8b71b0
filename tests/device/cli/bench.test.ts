import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { addToBundle } from '@inkcast/training/bundle';
import { addedSpotter } from '../../support/sample-spotter.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { inkcast, ROOT } from '../support/command.js';

interface BackEnd {
  readonly name: string;
  readonly microseconds: number | null;
  readonly reason?: string;
}

interface Times {
  readonly backEnds: readonly BackEnd[];
  readonly spotters: readonly {
    readonly size: string;
    readonly height: number;
    readonly width: number;
    readonly backEnds: readonly BackEnd[];
  }[];
}

describe('inkcast bench inference', () => {
  it('times what runs the model here, and says why the rest does not', () =>
    inTemporaryFolder(async (state) => {
      const { code, stdout } = await inkcast('bench', 'inference', '--json', '--state', state);
      const { backEnds }: Times = JSON.parse(stdout);
      assert.equal(code, 0);
      assert.deepEqual(
        backEnds.map(({ name }) => name),
        ['cpu', 'inkcast', 'wasm', 'coral'],
      );
      for (const { microseconds, reason } of backEnds) assert.ok(microseconds === null ? reason : microseconds > 0);
      assert.ok(backEnds.some(({ microseconds }) => microseconds !== null));
      const coral = await inkcast('bench', 'inference', '--state', state);
      assert.match(coral.stdout, /^wasm: [\d.]+ us a digit \(median\)$/m);
    }));

  it('times each spotter of the model in use, too', () =>
    inTemporaryFolder(async (folder) => {
      const own = join(folder, 'own');
      await cp(join(ROOT, 'models/digits'), own, { recursive: true });
      await addToBundle(own, { spotters: [addedSpotter('small', 16, 32)], version: '9.0.0' });
      const state = ['--state', join(folder, 'state')];
      await inkcast('model', 'install', own, ...state);
      await inkcast('model', 'use', 'digits@9.0.0', ...state);
      const { spotters }: Times = JSON.parse((await inkcast('bench', 'inference', '--json', ...state)).stdout);
      const small = spotters.find(({ size }) => size === 'small');
      assert.deepEqual([small?.height, small?.width], [16, 32]);
      const [cpu, engine, wasm, coral] = small?.backEnds ?? [];
      for (const { microseconds } of [cpu, engine, wasm]) assert.ok(microseconds !== null && microseconds > 0);
      assert.match(coral.reason ?? '', /Edge TPU/);
      const { stdout } = await inkcast('bench', 'inference', ...state);
      assert.match(stdout, /^wasm, small spotter: [\d.]+ ms a picture of 32x16 \(median\)$/m);
    }));
});
