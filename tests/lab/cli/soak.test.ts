import assert from 'node:assert/strict';
import { growthIn } from '@inkcast/lab/soak';
// The daemon is started as it is installed.
import '../../support/built-programs.js';
import { needsProgram } from '../../support/programs.js';
import { lab } from '../support/command.js';

describe('npm run soak', () => {
  it('makes faults in turn, sees events come again after each, and every stored one arrive', async function () {
    this.timeout(150_000);
    needsProgram(this, 'mosquitto', 'ffmpeg');
    const faults = ['camera killed', 'broker killed', 'database deleted'];
    const { code, stdout, stderr } = await lab('soak', '--minutes', '0.2', '--only', ...faults);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /^\d+ events, 1 starts, \d+ MiB at the end\nfaults: camera killed \d/);
    assert.match(stdout, /\nnothing is wrong\n$/);
    assert.match(stderr, /camera killed: events again after \d/);
  });

  it('finds what grows in the last third', () => {
    const usage = (residentBytes: number, handles = 40) => ({ residentBytes, threads: 12, handles });
    const flat = Array.from({ length: 90 }, (_, index) => usage(100 + Math.min(index, 30)));
    assert.deepEqual(growthIn(flat), []);
    const leaking = flat.map(({ residentBytes }, index) => usage(residentBytes, 40 + index));
    assert.deepEqual(growthIn(leaking), ['handles grow from 85 in the middle third to 115']);
    assert.deepEqual(growthIn([]), []);
  });

  it('names the faults where there is none of that name, and wants a time', async () => {
    const { code, stderr } = await lab('soak', '--only', 'flood');
    assert.equal(code, 2);
    assert.match(stderr, /There is no fault "flood"\. The faults are camera killed, camera frozen, broker killed, /);
    assert.equal((await lab('soak', '--minutes', '0')).code, 2);
  });
});
