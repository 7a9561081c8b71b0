import assert from 'node:assert/strict';
import { needsProgram } from '../../support/programs.js';
import { lab } from '../support/command.js';

describe('npm run lab -- fleet', () => {
  it('says what arrived, as text and as JSON', async function () {
    needsProgram(this, 'mosquitto');
    const asText = await lab('fleet', 'share', '--devices', '5');
    assert.equal(asText.code, 0, asText.stderr);
    assert.match(asText.stdout, /^three consumers .*\n5 devices were connected .*\ntogether: 15 of 15 events arrived/);
    const { stdout } = await lab('fleet', 'share', '--devices', '5', '--json');
    assert.deepEqual(JSON.parse(stdout).devices, 5);
  });

  it('takes a whole number of devices, and a way that there is', async () => {
    for (const args of [['share', '--devices', '0.5'], ['share', '--devices', 'many'], ['nothing']]) {
      assert.equal((await lab('fleet', ...args)).code, 2, args.join(' '));
    }
  });
});
