import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inTemporaryFolder } from '../support/temporary-folder.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MOCHA = join(ROOT, 'node_modules/mocha/bin/mocha.js');

const GOOD = `describe('good', () => {
  it('passes', () => {});
  it('passes, too', () => {});
  it('has no browser', function () { this.skip(); });
});`;
const BAD = `describe('bad', () => it('fails', () => { throw new Error('as it must'); }));`;
const UNLOADABLE = `import './nowhere.mjs';`;
const DEADLY = `it('dies', () => process.kill(process.pid, 'SIGKILL'));`;

/** What a run of tests ends with, as `npm test` runs them: several files at once. */
function run(...sources: readonly string[]): Promise<{ readonly code: unknown; readonly lines: readonly string[] }> {
  return inTemporaryFolder(async (folder) => {
    const files = sources.map((_, index) => join(folder, `${index}.mjs`));
    await Promise.all(files.map((file, index) => writeFile(file, sources[index])));
    return new Promise((resolve) => {
      execFile(process.execPath, [MOCHA, '--parallel', '--jobs', '2', ...files], { cwd: ROOT }, (error, stdout) =>
        resolve({ code: error?.code ?? 0, lines: stdout.trimEnd().split('\n') }),
      );
    });
  });
}

describe('the report of a test run', function () {
  this.timeout(60_000);

  it('ends with the skipped tests by name, and the counts', async () => {
    const { code, lines } = await run(GOOD, GOOD);
    assert.equal(code, 0);
    const skipped = 'skipped: good has no browser';
    assert.deepEqual(lines.slice(-3), [skipped, skipped, '4 passed, 0 failed, 2 skipped']);
  });

  it('counts a file that cannot be loaded, and one whose process dies, as failed', async () => {
    const { code, lines } = await run(UNLOADABLE, GOOD, DEADLY, BAD);
    assert.notEqual(code, 0);
    assert.equal(lines.at(-1), '2 passed, 3 failed, 1 skipped');
    const text = lines.join('\n');
    for (const reason of [/as it must/, /Cannot find module .*nowhere\.mjs/, /\.mjs .*terminated unexpectedly/i]) {
      assert.match(text, reason);
    }
  });
});
