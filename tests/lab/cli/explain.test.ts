import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { lab } from '../support/command.js';

const NOTE = fileURLToPath(new URL('../../../assets/scenes/photos/01-note.jpg', import.meta.url));

describe('npm run lab -- explain', () => {
  it("writes the reader's explanation of each picture", () =>
    inTemporaryFolder(async (folder) => {
      const { code, stdout, stderr } = await lab('explain', NOTE, '--out', folder);
      assert.equal(code, 0, stderr);
      assert.match(stdout, /01-note.jpg: \d/);
      assert.deepEqual((await readdir(folder)).sort(), ['01-note.jpg.html', '01-note.jpg.json']);
    })).timeout(60_000);

  it("ends with the reader's exit code", async () => {
    const { code, stderr } = await lab('explain', 'not-there.jpg', '--out', 'unused');
    assert.equal(code, 1);
    assert.match(stderr, /INK_FILE_UNREADABLE: not-there.jpg/);
  });
});
