import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { CommandProcess, inkcastTrain } from '../support/command.js';
import { tinyTraining, writeTinyData } from '../support/tiny-data.js';

const EPOCHS = 80;

/** Everything in a recipe that keeps something from one step or epoch to the next. */
const FULL_RECIPE = `
model: { name: lenet, width: 0.25 }
epochs: 20
batchSize: 20
validation: 0.25
optimizer: { kind: adamw, weightDecay: 0.02 }
schedule: { kind: cosine, warmupEpochs: 2 }
loss: { labelSmoothing: 0.1, classWeights: [1, 2, 0.5, 1, 1, 1, 1, 1, 1, 1] }
clipNorm: 1
averageDecay: 0.95
augmentation:
  - { kind: elastic }
  - { kind: strokeWidth, probability: 0.5 }
  - { kind: blur }
  - { kind: noise }
  - { kind: cutout }
earlyStopping: { metric: loss, patience: 19 }
keep: best
`;

async function finalHash(run: string): Promise<string> {
  return JSON.parse(await readFile(join(run, 'run.json'), 'utf8')).weightsSha256;
}

/** Every checkpoint's bytes, by name. */
async function checkpoints(run: string): Promise<Record<string, string>> {
  const folder = join(run, 'checkpoints');
  const names = (await readdir(folder)).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, (await readFile(join(folder, name))).toString('base64')])),
  );
}

describe('a run that is stopped and resumed', () => {
  it('ends with the weights of a run without interruption: after SIGKILL, Ctrl-C, and a full disk', () =>
    inTemporaryFolder(async (folder) => {
      await writeTinyData(folder);
      const train = [...tinyTraining(folder), '--augment', '--epochs', String(EPOCHS)];
      const unbroken = join(folder, 'unbroken');
      assert.equal((await inkcastTrain(...train, '--out', unbroken)).code, 0);

      const run = join(folder, 'run');
      const killed = new CommandProcess([...train, '--out', run]);
      await killed.says(`epoch 1/${EPOCHS}`);
      killed.child.kill('SIGKILL');
      assert.equal((await killed.result()).signal, 'SIGKILL');
      await assert.rejects(finalHash(run), { code: 'ENOENT' });

      const interrupted = new CommandProcess(['train', '--resume', run]);
      await interrupted.says(`/${EPOCHS}: loss`);
      interrupted.child.kill('SIGINT');
      const stopped = await interrupted.result();
      assert.equal(stopped.code, 130, stopped.stderr);
      assert.match(stopped.stderr, /Stopped in epoch \d+ after step \d+; the run is saved\./);
      await assert.rejects(finalHash(run), { code: 'ENOENT' });

      const before = await checkpoints(run);
      const full = await new CommandProcess(['train', '--resume', run], { limitKilobytes: 4 }).result();
      assert.equal(full.code, 1, full.stderr);
      assert.match(
        full.stderr,
        /INK_FILE_UNWRITABLE: .*epoch-\d+\.safetensors cannot be written: the file would be larger/,
      );
      assert.deepEqual(await checkpoints(run), before);

      assert.equal((await inkcastTrain('train', '--resume', run, '--threads', '1')).code, 0);
      assert.equal(await finalHash(run), await finalHash(unbroken));
    }));

  it('keeps averages, schedule and the best epoch over a SIGKILL in epoch 2', () =>
    inTemporaryFolder(async (folder) => {
      await writeTinyData(folder);
      const recipe = join(folder, 'recipe.yaml');
      await writeFile(recipe, FULL_RECIPE);
      const train = ['train', '--recipe', recipe, '--data', folder];
      const unbroken = join(folder, 'unbroken');
      const { code, stderr } = await inkcastTrain(...train, '--out', unbroken);
      assert.equal(code, 0, stderr);

      const run = join(folder, 'run');
      const killed = new CommandProcess([...train, '--out', run]);
      await killed.says('epoch 1/20');
      killed.child.kill('SIGKILL');
      assert.equal((await killed.result()).signal, 'SIGKILL');
      assert.equal((await inkcastTrain('train', '--resume', run)).code, 0);
      assert.equal(await finalHash(run), await finalHash(unbroken));
    }));
});
