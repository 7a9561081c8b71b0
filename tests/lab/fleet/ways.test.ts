import assert from 'node:assert/strict';
import { WAYS } from '@inkcast/lab/fleet';
import { needsProgram } from '../../support/programs.js';

/** Each device reports three events. */
const EVENTS = 3;

const ignore = () => {};

describe('a fleet beyond one broker', function () {
  this.timeout(180_000);

  it('delivers every event to both sides of a bridge, although one broker is restarted', async function () {
    needsProgram(this, 'mosquitto');
    const { devices, consumers } = await WAYS.bridge.run(200, ignore);
    for (const side of ['near', 'centre']) {
      const { events, lost } = consumers[side];
      assert.deepEqual([events, lost], [EVENTS * devices, 0], side);
    }
  });

  it('delivers every event to one of three consumers that share a subscription, although one loses its connection', async function () {
    needsProgram(this, 'mosquitto');
    const { devices, consumers } = await WAYS.share.run(200, ignore);
    const { events, lost, doubled } = consumers.together;
    assert.deepEqual([events, lost], [EVENTS * devices, 0]);
    // Only what was in flight to the consumer that lost its connection comes again.
    assert.ok(doubled < devices, `${doubled} copies`);
  });
});
