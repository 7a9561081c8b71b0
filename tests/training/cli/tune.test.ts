import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRecipe } from '@inkcast/training/recipe';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { CommandProcess, inkcastTrain } from '../support/command.js';
import { writeTinyData } from '../support/tiny-data.js';

describe('inkcast-train tune', () => {
  it('ends with a table and the winner’s recipe, the same after SIGKILL and --resume', () =>
    inTemporaryFolder(async (folder) => {
      await writeTinyData(folder);
      const tune = [
        'tune',
        'lenet',
        '--data',
        folder,
        '--width',
        '0.25',
        '--epochs',
        '4',
        '--trials',
        '4',
        '--factor',
        '2',
      ];
      const unbroken = join(folder, 'unbroken');
      const { code, stdout, stderr } = await inkcastTrain(...tune, '--out', unbroken);
      assert.equal(code, 0, stderr);
      assert.equal(stdout.match(/^ +\d+ +[124] +\d+\.\d\d %/gm)?.length, 4, stdout);
      const results = await readFile(join(unbroken, 'results.json'), 'utf8');
      const epochs = JSON.parse(results).map((result: { epochs: number }) => result.epochs);
      assert.deepEqual(epochs, [4, 2, 1, 1]);
      assert.deepEqual(await readRecipe(join(unbroken, 'winner.yaml')), JSON.parse(results)[0].recipe);

      const broken = join(folder, 'broken');
      const killed = new CommandProcess([...tune, '--out', broken]);
      await killed.says('trial 3/4');
      killed.child.kill('SIGKILL');
      assert.equal((await killed.result()).signal, 'SIGKILL');
      const resumed = await inkcastTrain('tune', '--resume', broken);
      assert.equal(resumed.code, 0, resumed.stderr);
      assert.equal(await readFile(join(broken, 'results.json'), 'utf8'), results);
      assert.equal(resumed.stdout.replace(broken, ''), stdout.replace(unbroken, ''));
    }));

  it('ranks a diverged trial last, and continues', () =>
    inTemporaryFolder(async (folder) => {
      await writeTinyData(folder);
      const space = join(folder, 'space.yaml');
      await writeFile(space, 'learningRate: [1.0e+30, 0.003]\n');
      const options = ['--data', folder, '--width', '0.25', '--strategy', 'grid', '--space', space, '--epochs', '2'];
      const { code, stdout, stderr } = await inkcastTrain('tune', 'lenet', ...options, '--out', join(folder, 'search'));
      assert.equal(code, 0, stderr);
      assert.match(stdout, /1 +0 +diverged +- +rate 1e\+30/);
    }));

  it('field report 23: has no winner if every trial diverges', () =>
    inTemporaryFolder(async (folder) => {
      await writeTinyData(folder);
      const space = join(folder, 'space.yaml');
      await writeFile(space, 'learningRate: [1.0e+30, 1.0e+31]\n');
      const options = ['--data', folder, '--width', '0.25', '--strategy', 'grid', '--space', space, '--epochs', '1'];
      const { code, stdout, stderr } = await inkcastTrain('tune', 'lenet', ...options, '--out', join(folder, 'search'));
      assert.match(
        stderr,
        /^INK_TRAINING_DIVERGED: All 2 trials diverged: no loss was a finite number\. Search lower/m,
      );
      assert.equal(code, 1);
      assert.match(stdout, /diverged[\s\S]*diverged/);
    }));

  it('refuses a space with an unknown key, and a folder without a search', () =>
    inTemporaryFolder(async (folder) => {
      const space = join(folder, 'space.yaml');
      await writeFile(space, 'speed: [1, 2]\n');
      const wrong = await inkcastTrain('tune', 'lenet', '--space', space, '--out', join(folder, 'search'));
      assert.equal(wrong.code, 2);
      assert.match(wrong.stderr, /INK_RECIPE_INVALID: The search is wrong at space: .*speed/);
      const none = await inkcastTrain('tune', '--resume', folder);
      assert.equal(none.code, 1);
      assert.match(none.stderr, /INK_RUN_MISSING: .* holds no search/);
    }));
});
