import assert from 'node:assert/strict';
import { InkcastProcess } from './support/daemon-process.js';

describe('the demo', function () {
  this.timeout(180_000);

  it('ends by itself after one pass, with at least 95 % of the digits read as they were written', async () => {
    const demo = new InkcastProcess('demo', '--once');
    try {
      assert.equal(await demo.ended(), 0, demo.stderr);
      const [, port] = demo.stdout.match(/An MQTT broker runs on port (\d+)/) ?? [];
      assert.ok(demo.stdout.includes(`mosquitto_sub -h 127.0.0.1 -p ${port} -t 'inkcast/#' -v`), demo.stdout);
      assert.match(demo.stdout, /^01-note\.jpg +407 +as written$/m);
      const [, share, digits] = demo.stdout.match(/^([\d.]+) % of (\d+) digits were read as written/m) ?? [];
      assert.equal(digits, '94');
      assert.ok(Number(share) >= 95, demo.stdout);
    } finally {
      await demo.end();
    }
  });
});
