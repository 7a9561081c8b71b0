import assert from 'node:assert/strict';
import { join } from 'node:path';
import { serviceManagerOf } from '@inkcast/device/service';
import { InkError } from '@inkcast/shared/errors';
import { FakeSystemd } from '../../support/fake-systemd.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

describe('the service manager', () => {
  for (const kind of ['a path', 'a name in the abstract namespace']) {
    it(`hears of start, status, life and end at ${kind}`, () =>
      inTemporaryFolder(async (folder) => {
        const address = kind === 'a path' ? join(folder, 'notify') : `@inkcast-test-${process.pid}`;
        const systemd = new FakeSystemd(address);
        try {
          const manager = serviceManagerOf({ NOTIFY_SOCKET: address });
          manager.ready('Started');
          manager.status('Reading 4\n07; Größe');
          manager.alive();
          manager.stopping();
          await systemd.hears('STATUS=Stopping');
          assert.deepEqual(systemd.heard, [
            ...['READY=1', 'STATUS=Started', 'STATUS=Reading 4 07; Größe'],
            ...['WATCHDOG=1', 'STOPPING=1', 'STATUS=Stopping'],
          ]);
        } finally {
          await systemd.end();
        }
      }));
  }

  it('does nothing if the environment names none', () => {
    const manager = serviceManagerOf({ WATCHDOG_USEC: '1000000' });
    assert.equal(manager.watchdogMs, undefined);
    manager.ready('Started');
    manager.stopping();
  });

  it('waits for a sign of life only where it says so, and from this process', () => {
    const watchdog = (more: NodeJS.ProcessEnv) => serviceManagerOf({ NOTIFY_SOCKET: '/notify', ...more }).watchdogMs;
    assert.equal(watchdog({ WATCHDOG_USEC: '60000000' }), 60_000);
    assert.equal(watchdog({ WATCHDOG_USEC: '500000', WATCHDOG_PID: String(process.pid) }), 500);
    assert.equal(watchdog({ WATCHDOG_USEC: '500000', WATCHDOG_PID: String(process.pid + 1) }), undefined);
    assert.equal(watchdog({}), undefined);
    for (const value of ['', '0', 'infinity', '-1']) assert.equal(watchdog({ WATCHDOG_USEC: value }), undefined, value);
  });

  it('names a socket that cannot be reached', () =>
    inTemporaryFolder(async (folder) => {
      const unreachable = (address: string, message: RegExp) =>
        assert.throws(
          () => serviceManagerOf({ NOTIFY_SOCKET: address }).ready('Started'),
          (error) => error instanceof InkError && error.code === 'INK_SERVICE_NOTIFY' && message.test(error.message),
        );
      unreachable(join(folder, 'missing'), /missing: sendto says ENOENT\.$/);
      unreachable('@inkcast-test-nobody', /sendto says ECONNREFUSED\.$/);
      unreachable('vsock:2:1234', /vsock:2:1234, which is no Unix socket/);
      unreachable(`/${'x'.repeat(108)}`, /no Unix socket/);
    }));
});
