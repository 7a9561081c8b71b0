import assert from 'node:assert/strict';
import { join } from 'node:path';
import sharp from 'sharp';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { lab } from '../support/command.js';

describe('npm run lab -- frames', () => {
  it('writes a contact sheet of a kind', () =>
    inTemporaryFolder(async (folder) => {
      const { code, stdout } = await lab('frames', '--kind', 'closeup', '--count', '3', '--out', folder);
      assert.equal(code, 0);
      assert.match(stdout, /closeup\.png: 3 frames/);
      const { width, height } = await sharp(join(folder, 'closeup.png')).metadata();
      assert.deepEqual([width, height], [1440, 480]);
    }));

  it('refuses a kind that there is not', async () => {
    const { code, stderr } = await lab('frames', '--kind', 'poster', '--out', 'nowhere');
    assert.equal(code, 2);
    assert.match(stderr, /poster/);
  });
});
