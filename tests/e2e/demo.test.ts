import assert from 'node:assert/strict';
import { ROOT } from '../device/support/command.js';
import { INKCAST } from '../support/built-programs.js';
import { needsProgram } from '../support/programs.js';
import { KEYS, PseudoTerminal } from '../support/pseudo-terminal.js';
import { InkcastProcess } from './support/daemon-process.js';

describe('the demo', function () {
  this.timeout(180_000);

  it('ends by itself after one pass, with at least 95 % of the digits read as they were written', async () => {
    const demo = new InkcastProcess('demo', '--once');
    try {
      assert.equal(await demo.ended(), 0, demo.stderr);
      const [, port] = demo.stdout.match(/An MQTT broker runs on port (\d+)/) ?? [];
      assert.ok(demo.stdout.includes(`mosquitto_sub -h 127.0.0.1 -p ${port} -t 'inkcast/#' -v`), demo.stdout);
      assert.match(demo.stdout, /^To see what the camera sees: http:\/\/127\.0\.0\.1:\d+\/$/m);
      assert.match(demo.stdout, /^01-note\.jpg +407 +as written$/m);
      const [, share, digits] = demo.stdout.match(/^([\d.]+) % of (\d+) digits were read as written/m) ?? [];
      assert.equal(digits, '94');
      assert.ok(Number(share) >= 95, demo.stdout);
    } finally {
      await demo.end();
    }
  });

  for (const [args, code] of [
    [[], 0],
    [['--once'], 130],
  ] as const) {
    it(`field report 20: tells no score where Ctrl-C breaks off demo ${args.join(' ')}`, async function () {
      needsProgram(this, 'script');
      const terminal = new PseudoTerminal([process.execPath, INKCAST, 'demo', ...args], {
        cwd: ROOT,
        env: process.env,
      });
      try {
        await terminal.answer('as written', KEYS.interrupt);
        assert.equal(await terminal.ended(), code);
        assert.doesNotMatch(terminal.text, /digits were read as written/);
      } finally {
        await terminal.end();
      }
    });
  }
});
