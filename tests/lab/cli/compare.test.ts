import assert from 'node:assert/strict';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { lab } from '../support/command.js';

const SCENES = fileURLToPath(new URL('../../../assets/scenes/photos', import.meta.url));

describe('npm run lab -- compare', () => {
  it('reads the same with the small parts as with the default ones, in folders within the folder too', async () => {
    await inTemporaryFolder(async (folder) => {
      await mkdir(join(folder, 'inner'));
      await copyFile(join(SCENES, '04-single.jpg'), join(folder, '04-single.jpg'));
      await copyFile(join(SCENES, '01-note.jpg'), join(folder, 'inner', '01-note.jpg'));
      const { code, stdout, stderr } = await lab('compare', folder, '--json');
      assert.equal(code, 0, stderr + stdout);
      const { pictures, digits, others, alike } = JSON.parse(stdout);
      assert.deepEqual({ pictures, others, alike }, { pictures: 2, others: [], alike: [] });
      assert.ok(digits > 3, stdout);
    });
  }).timeout(60_000);

  it('says that there is no picture', async () => {
    await inTemporaryFolder(async (folder) => {
      const { code, stderr } = await lab('compare', folder);
      assert.equal(code, 1);
      assert.match(stderr, /^INK_DATASET_MISSING: .* contains no picture\./);
    });
  });
});
