import assert from 'node:assert/strict';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadWeights } from '@inkcast/training/checkpoint';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { inkcastTrain } from '../support/command.js';
import { writeTinyData } from '../support/tiny-data.js';

async function succeed(...args: string[]): Promise<string> {
  const { code, stderr, stdout } = await inkcastTrain(...args);
  assert.equal(code, 0, stderr);
  return stdout;
}

describe('inkcast-train average', () => {
  it('writes a run with the mean of the weights of a run and its base', () =>
    inTemporaryFolder(async (folder) => {
      const [base, tuned, between] = ['base', 'tuned', 'between'].map((name) => join(folder, name));
      await writeTinyData(folder);
      const options = ['--data', folder, '--epochs', '1', '--batch', '16', '--validation', '0.2'];
      await succeed('train', 'lenet', '--width', '0.25', ...options, '--out', base);
      await succeed('finetune', base, ...options, '--out', tuned);
      const printed = await succeed('average', tuned, base, '--share', '0.25', '--out', between);
      assert.match(printed, /^validation: accuracy/);

      const weightsOf = async (run: string) => (await loadWeights(join(run, 'weights.safetensors'))).parameters;
      const [one, other, average] = [await weightsOf(tuned), await weightsOf(base), await weightsOf(between)];
      for (const [name, { data }] of average) {
        const [mine, theirs] = [one.get(name)?.data ?? [], other.get(name)?.data ?? []];
        assert.deepEqual(
          data,
          Float32Array.from(mine, (value, at) => 0.25 * value + 0.75 * theirs[at]),
          name,
        );
      }
      const [summary, ofTuned] = await Promise.all(
        [between, tuned].map(async (run) => JSON.parse(await readFile(join(run, 'run.json'), 'utf8'))),
      );
      assert.ok(summary.madeWith.averageOf.startsWith(`0.25 of ${ofTuned.weightsSha256}, 0.75 of `));
      const { version } = JSON.parse(await readFile(new URL('../../../package.json', import.meta.url), 'utf8'));
      assert.equal(summary.madeWith.inkcast, version);
      // The folder is a run like any other: it can be averaged again.
      await succeed('average', between, base, '--out', join(folder, 'again'));
    }));

  it('refuses an invalid share and different networks, and then writes nothing', () =>
    inTemporaryFolder(async (folder) => {
      await writeTinyData(folder);
      const options = ['--data', folder, '--epochs', '1', '--batch', '16'];
      const [narrow, wide, out] = ['narrow', 'wide', 'out'].map((name) => join(folder, name));
      await succeed('train', 'lenet', '--width', '0.25', ...options, '--out', narrow);
      await succeed('train', 'lenet', '--width', '0.5', ...options, '--out', wide);
      const share = await inkcastTrain('average', narrow, wide, '--share', '1.5', '--out', out);
      assert.equal(share.code, 2);
      assert.match(share.stderr, /^INK_USAGE: --share must be a number from 0 to 1, not 1.5/);
      const differing = await inkcastTrain('average', narrow, wide, '--out', out);
      assert.equal(differing.code, 1);
      assert.match(differing.stderr, /^INK_CHECKPOINT_INVALID: Networks with different layers or labels/);
      await assert.rejects(access(out));
    }));
});
