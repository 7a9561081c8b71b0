import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { UserFile } from '@inkcast/device/web';
import { INKCAST } from '../../support/built-programs.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { inkcast } from '../support/command.js';

/** Runs `inkcast user` with something on standard input. @returns exit code, standard output and error */
function withInput(input: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [INKCAST, 'user', ...args], (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
    child.stdin?.end(input);
  });
}

describe('inkcast user', () => {
  it('adds, lists and removes users, and makes tokens', () =>
    inTemporaryFolder(async (folder) => {
      const state = ['--state', folder];
      const added = await withInput('correct horse\n', 'add', 'ana', '--role', 'admin', ...state);
      assert.deepEqual([added.code, added.stdout], [0, 'ana may log in as admin.\n']);
      const users = new UserFile(folder);
      assert.equal((await users.byPassword('ana', 'correct horse'))?.role, 'admin');
      const { stdout: token } = await inkcast('user', 'token', 'ana', ...state);
      assert.equal((await users.byToken(token.trim()))?.user, 'ana');
      const { stdout: listed } = await inkcast('user', 'list', '--json', ...state);
      assert.deepEqual(JSON.parse(listed), [{ name: 'ana', role: 'admin', tokens: 1 }]);
      assert.equal((await inkcast('user', 'remove', 'ana', ...state)).code, 0);
      assert.deepEqual(await users.users(), []);
    }));

  it('refuses, with one sentence, what it cannot take', () =>
    inTemporaryFolder(async (folder) => {
      const state = ['--state', folder];
      const short = await withInput('short\n', 'add', 'ana', ...state);
      assert.match(`${short.code} ${short.stderr}`, /^2 INK_USAGE: A password has at least 8 characters\./);
      const badName = await inkcast('user', 'add', 'a b', ...state);
      assert.match(`${badName.code} ${badName.stderr}`, /^2 INK_USAGE: "a b" cannot be a user's name\./);
      const unknown = await inkcast('user', 'token', 'nobody', ...state);
      assert.match(`${unknown.code} ${unknown.stderr}`, /^2 INK_USER_UNKNOWN: /);
    }));
});
