import assert from 'node:assert/strict';
import { lab } from '../support/command.js';

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

  it('names the benchmarks where there is none of that name', async () => {
    const { code, stderr } = await lab('bench', 'nothing');
    assert.equal(code, 2);
    assert.match(
      stderr,
      /There is no benchmark "nothing"\. The benchmarks are augmentation, browser, inference, learn, memory, mqtt,/,
    );
  });
});
