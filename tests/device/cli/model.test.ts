import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '@inkcast/shared/files';
import { addToBundle } from '@inkcast/training/bundle';
import { sampleJudgement } from '../../support/sample-judgement.js';
import { addedSpotter } from '../../support/sample-spotter.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { inkcast, ROOT } from '../support/command.js';

const SHIPPED = join(ROOT, 'models/digits');

/** A copy of the shipped bundle under another version. */
async function copyAs(folder: string, version: string): Promise<string> {
  const copy = join(folder, version);
  await cp(SHIPPED, copy, { recursive: true });
  const manifest = JSON.parse(await readFile(join(copy, 'manifest.json'), 'utf8'));
  await writeFile(join(copy, 'manifest.json'), JSON.stringify({ ...manifest, version }));
  return copy;
}

describe('inkcast model', () => {
  it('installs, lists, shows and chooses bundles', () =>
    inTemporaryFolder(async (folder) => {
      const state = ['--state', join(folder, 'state')];
      const other = await copyAs(folder, '9.0.0');
      const installed = await inkcast('model', 'install', other, ...state);
      assert.deepEqual([installed.code, installed.stdout], [0, 'digits@9.0.0 is installed.\n']);
      const list = async () => {
        const { stdout } = await inkcast('model', 'list', '--json', ...state);
        const models: { model: string; origin: string; inUse: boolean }[] = JSON.parse(stdout);
        return models.filter(({ model }) => model.startsWith('digits@')).map(({ origin, inUse }) => [origin, inUse]);
      };
      assert.deepEqual(await list(), [
        ['shipped', true],
        ['installed', false],
      ]);
      const unclear = await inkcast('model', 'use', 'digits', ...state);
      assert.equal(unclear.code, 1);
      assert.match(unclear.stderr, /digits could be any of digits@.*, digits@9\.0\.0/);
      assert.equal((await inkcast('model', 'use', 'digits@9.0.0', ...state)).code, 0);
      assert.deepEqual(await list(), [
        ['shipped', false],
        ['installed', true],
      ]);
      const shown = await inkcast('model', 'show', 'digits@9.0.0', ...state);
      assert.equal(JSON.parse(shown.stdout).version, '9.0.0');
    }));

  it('knows the spotters of a bundle, and refuses one that was changed', () =>
    inTemporaryFolder(async (folder) => {
      const state = ['--state', join(folder, 'state')];
      const own = await copyAs(folder, '9.0.0');
      const spotters = [addedSpotter('standard', 32, 48), addedSpotter('small', 16, 32)];
      await addToBundle(own, { spotters });
      const verified = await inkcast('model', 'verify', own, ...state);
      assert.deepEqual([verified.code, verified.stderr], [0, '']);
      assert.equal((await inkcast('model', 'install', own, ...state)).code, 0);
      const listed = JSON.parse((await inkcast('model', 'list', '--json', ...state)).stdout);
      const { spotters: found, judgement } = listed.find(({ model }: { model: string }) => model === 'digits@9.0.0');
      assert.deepEqual(
        found,
        spotters.map(({ size, parameters, model }) => ({ size, parameters, sizeBytes: model.length })),
      );
      assert.equal(judgement, true);
      const { stdout } = await inkcast('model', 'list', ...state);
      assert.match(stdout, /digits@9\.0\.0 .*standard [\d,]+, small [\d,]+ +installed/);

      const installed = join(folder, 'state/models/digits@9.0.0/spotter-small.tflite');
      const bytes = await readFile(installed);
      await writeFile(installed, bytes.fill(0, 40, 44));
      const { code, stderr } = await inkcast('model', 'use', 'digits@9.0.0', ...state);
      assert.equal(code, 1);
      assert.match(stderr, /digits@9\.0\.0/);
      const after = await inkcast('model', 'list', ...state);
      assert.match(after.stderr, /INK_BUNDLE_INVALID: .*spotter-small\.tflite was changed/);
    }));

  it('refuses a judgement that is malformed or knows other features, when it is installed and when it is verified', () =>
    inTemporaryFolder(async (folder) => {
      const state = ['--state', join(folder, 'state')];
      const own = await copyAs(folder, '9.0.0');
      await addToBundle(own, { judgement: sampleJudgement() });
      const refused = async (reason: RegExp) => {
        for (const action of ['install', 'verify']) {
          const { code, stderr } = await inkcast('model', action, own, ...state);
          assert.equal(code, 1);
          assert.match(stderr, reason);
        }
      };
      await refused(/INK_BUNDLE_INVALID: .*9\.0\.0 is refused: its judgement was fitted to other features/);
      const malformed = Buffer.from('{"minSpotLogOdds":"low"}');
      await writeFile(join(own, 'judgement.json'), malformed);
      const path = join(own, 'manifest.json');
      const manifest = JSON.parse(await readFile(path, 'utf8'));
      manifest.files['judgement.json'] = { size: malformed.length, sha256: sha256(malformed) };
      await writeFile(path, JSON.stringify(manifest));
      await refused(/INK_BUNDLE_INVALID: .*9\.0\.0 is refused: judgement\.json is wrong at minSpotLogOdds: /);
      const { stdout } = await inkcast('model', 'list', ...state);
      assert.doesNotMatch(stdout, /9\.0\.0/);
    }));

  it('refuses a bad bundle by name, and the one in use stays', () =>
    inTemporaryFolder(async (folder) => {
      const state = ['--state', join(folder, 'state')];
      const bad = await copyAs(folder, '9.0.0');
      const model = await readFile(join(bad, 'model.tflite'));
      await writeFile(join(bad, 'model.tflite'), model.subarray(0, model.length - 1));
      for (const args of [
        ['install', bad],
        ['verify', SHIPPED, bad],
      ]) {
        const { code, stderr } = await inkcast('model', ...args, ...state);
        assert.equal(code, 1);
        assert.match(stderr, /INK_BUNDLE_INVALID: The bundle .*9\.0\.0 is refused: model\.tflite has \d+ bytes/);
      }
      assert.equal((await inkcast('model', 'use', 'digits@9.0.0', ...state)).code, 1);
      const { stdout } = await inkcast('model', 'list', ...state);
      assert.match(stdout, /^\* +digits@/m);
      assert.doesNotMatch(stdout, /9\.0\.0/);
    }));
});
