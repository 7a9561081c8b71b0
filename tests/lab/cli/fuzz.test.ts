import assert from 'node:assert/strict';
import { FUZZ_KINDS } from '@inkcast/lab/fuzz';
import { needsProgram } from '../../support/programs.js';
import { lab } from '../support/command.js';

/** Seeds at which something was found once, by kind. */
const FOUND: Readonly<Record<string, readonly number[]>> = {};

describe('npm run fuzz', function () {
  this.timeout(120_000);

  for (const kind of Object.keys(FUZZ_KINDS)) {
    it(`finds nothing with a few inputs of the kind ${kind}, each of which has its seed`, async function () {
      if (kind === 'mqtt-requests') needsProgram(this, 'mosquitto');
      for (const [seed, count] of [[1, 6], ...(FOUND[kind] ?? []).map((one) => [one, 1])]) {
        const { code, stdout, stderr } = await lab(
          ...['fuzz', '--only', kind],
          ...['--seed', String(seed), '--count', String(count)],
        );
        assert.equal(code, 0, stdout + stderr);
        assert.match(stdout, new RegExp(`^${kind}: ${count} inputs, nothing found`));
      }
    });
  }

  it('refuses the same inputs with the same seed', async () => {
    const run = () => lab('fuzz', '--only', 'configurations', '--seed', '7', '--count', '12');
    const [one, other] = [await run(), await run()];
    assert.match(one.stdout, /refused: .*INK_CONFIG_INVALID \d/);
    assert.equal(one.stdout, other.stdout);
  });

  it('names the kinds where there is none of that name', async () => {
    const { code, stderr } = await lab('fuzz', '--only', 'weather');
    assert.equal(code, 2);
    assert.match(stderr, /There is no kind of input "weather"\. The kinds are frames, pictures, /);
  });
});
