import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
// The daemons are compiled programs.
import '../../support/built-programs.js';
import { needsProgram } from '../../support/programs.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { lab } from '../support/command.js';

interface Cost {
  readonly processorPercent: number;
  readonly residentMegabytes: number;
}

describe('npm run lab -- bench', () => {
  it('passes a benchmark the words behind its name, and prints its object alone', async () => {
    const { code, stdout, stderr } = await lab('bench', 'sheets', '4', '2', '--json');
    assert.equal(code, 0, stderr);
    const { model, seed, sheets, right, held, wrong } = JSON.parse(stdout);
    assert.match(model, /^digits@/);
    assert.equal(seed, 2);
    assert.ok(sheets >= 1 && sheets <= 4, stdout);
    assert.equal(right + held + wrong, sheets);
  }).timeout(60_000);

  it('prints text under the name', async () => {
    const { stdout } = await lab('bench', 'print', '1');
    assert.match(stdout, /^# print\n.*: 1 pages of print without digits/);
  }).timeout(60_000);

  it('measures whole daemons, and writes a page that says where and from which commit', async function () {
    needsProgram(this, 'mosquitto');
    await inTemporaryFolder(async (folder) => {
      const file = join(folder, 'page.md');
      const { code, stdout, stderr } = await lab('bench', 'pipeline', '1', '10', '--json', '--page', file);
      assert.equal(code, 0, stderr);
      const { rates, rest, startToFirstReadingMs } = JSON.parse(stdout);
      assert.deepEqual(Object.keys(rates), ['10']);
      for (const { processorPercent, residentMegabytes } of [...Object.values<Cost>(rates), rest.still, rest.paused]) {
        assert.ok(processorPercent >= 0 && residentMegabytes > 10);
      }
      assert.ok(startToFirstReadingMs > 0);
      const page = await readFile(file, 'utf8');
      assert.match(page, /^# Benchmarks\n[\s\S]*\| machine +\|[\s\S]*\| commit +\| `[0-9a-f]{7,}\+?`/);
      assert.match(page, /\| pipeline \| processor time of a frame .* at 10 .* \| \d+\.\d\d \|/);
      assert.match(page, /\n## Pipeline\n\nThis took \d+ s\.\n\n```text\n.*640x480/);
    });
  }).timeout(180_000);

  it('says that a daemon ended which could not start', async function () {
    needsProgram(this, 'mosquitto');
    process.env.INKCAST_INFERENCE_MODEL = '/nowhere';
    try {
      for (const name of ['memory', 'web']) {
        const { code, stderr } = await lab('bench', name);
        assert.equal(code, 1, stderr);
        assert.match(stderr, /INK_DAEMON_ENDED: The measured daemon ended before it /);
      }
    } finally {
      delete process.env.INKCAST_INFERENCE_MODEL;
    }
  }).timeout(60_000);

  it('names the benchmarks where there is none of that name', async () => {
    const { code, stderr } = await lab('bench', 'nothing');
    assert.equal(code, 2);
    assert.match(
      stderr,
      /There is no benchmark "nothing"\. The benchmarks are augmentation, browser, inference, learn, memory, mqtt,/,
    );
  });
});
