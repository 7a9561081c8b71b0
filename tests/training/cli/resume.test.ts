import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { CommandProcess, inkcastTrain } from '../support/command.js';
import { tinyTraining, writeTinyData } from '../support/tiny-data.js';

const EPOCHS = 80;

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
  it('ends with the weights of an unbroken one: after SIGKILL, Ctrl-C, and a full disk', () =>
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
});
