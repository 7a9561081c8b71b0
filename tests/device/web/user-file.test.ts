import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { UserFile } from '@inkcast/device/web';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

describe('the file of users', () => {
  it('holds no secret as it is, and is for its owner alone', () =>
    inTemporaryFolder(async (folder) => {
      const users = new UserFile(folder);
      await users.add('ana', 'admin', 'correct horse');
      const token = await users.addToken('ana');
      const text = await readFile(users.path, 'utf8');
      assert.ok(!text.includes('correct horse') && !text.includes(token));
      const { N, r, p } = JSON.parse(text).users[0].password;
      assert.deepEqual([N, r, p], [32768, 8, 3]);
      assert.equal((await stat(users.path)).mode & 0o777, 0o600);
    }));

  it('knows passwords and tokens, also those that another process has written', () =>
    inTemporaryFolder(async (folder) => {
      const [daemon, command] = [new UserFile(folder), new UserFile(folder)];
      assert.deepEqual(await daemon.users(), []);
      // The same word, typed as one character and as two.
      await command.add('zoë', 'viewer', 'pass\u00e9-partout');
      assert.equal((await daemon.byPassword('zoë', 'passe\u0301-partout'))?.role, 'viewer');
      for (const [name, password] of [
        ['zoë', 'pass-partout'],
        ['ana', 'pass\u00e9-partout'],
      ]) {
        assert.equal(await daemon.byPassword(name, password), undefined);
      }
      const [first, second] = [await command.addToken('zoë'), await command.addToken('zoë')];
      assert.notEqual(first, second);
      assert.deepEqual(await daemon.byToken(second), { user: 'zoë', role: 'viewer', by: 'token' });
      await command.revokeTokens('zoë');
      assert.equal(await daemon.byToken(first), undefined);
    }));

  it('refuses a name twice, and one that is not there', () =>
    inTemporaryFolder(async (folder) => {
      const users = new UserFile(folder);
      await users.add('ana', 'admin', 'correct horse');
      await assert.rejects(users.add('ana', 'viewer', 'another one'), { code: 'INK_USER_EXISTS' });
      await assert.rejects(users.remove('bob'), { code: 'INK_USER_UNKNOWN' });
      await assert.rejects(users.setPassword('bob', 'another one'), { code: 'INK_USER_UNKNOWN' });
    }));
});
