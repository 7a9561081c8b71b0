import assert from 'node:assert/strict';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, Mosquitto, openListener, Watcher } from '@inkcast/lab/broker';
import { installRpicam } from '../device/camera/support/stand-in.js';
import { FakeSystemd } from '../support/fake-systemd.js';
import { needsProgram } from '../support/programs.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { InkcastProcess } from './support/daemon-process.js';

const NOTE = fileURLToPath(new URL('../../assets/scenes/photos/01-note.jpg', import.meta.url));
/** A camera that sees 407 all the time. */
const NOTES = '{ source: directory, folder: pictures }';
/** TimeoutStopSec= of the unit: then systemd kills. */
const STOP_MS = 5000;

interface Place {
  readonly folder: string;
  readonly port: number;
  readonly systemd: FakeSystemd;
  /** Starts the daemon with this camera, as systemd would. */
  run(camera: string, environment?: NodeJS.ProcessEnv): Promise<InkcastProcess>;
}

async function underSystemd(work: (place: Place) => Promise<void>): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const port = await freePort();
    const systemd = new FakeSystemd(join(folder, 'notify'));
    const state = join(folder, 'state');
    await mkdir(state);
    await mkdir(join(folder, 'pictures'));
    await copyFile(NOTE, join(folder, 'pictures/note.jpg'));
    let daemon: InkcastProcess | undefined;
    const run = async (camera: string, environment = {}) => {
      const config = join(folder, 'inkcast.yaml');
      await writeFile(config, `camera: ${camera}\ndevice: { name: desk }\nmqtt: { url: "mqtt://127.0.0.1:${port}" }\n`);
      daemon = new InkcastProcess(
        { NOTIFY_SOCKET: systemd.address, STATE_DIRECTORY: state, ...environment },
        ...['run', '--config', config],
      );
      return daemon;
    };
    try {
      await work({ folder, port, systemd, run });
    } finally {
      await daemon?.end();
      await systemd.end();
    }
  });
}

describe('the daemon under systemd', function () {
  this.timeout(90_000);

  before(function () {
    needsProgram(this, 'mosquitto');
  });

  it('is ready and fed without a camera and a broker, and says when both come, and that it stops', () =>
    underSystemd(async ({ folder, port, systemd, run }) => {
      const camera = `{ source: rpicam, program: ${join(folder, 'rpicam-vid')}, width: 320, height: 240 }`;
      const daemon = await run(camera, { WATCHDOG_USEC: '1500000' });
      await systemd.hears('READY=1');
      await systemd.hears(/^STATUS=.*; camera failed: .*rpicam-vid.*; no broker: /);
      const fed = (heard: readonly string[]) => heard.filter((one) => one === 'WATCHDOG=1').length;
      const before = fed(systemd.heard);
      await systemd.until((heard) => fed(heard) >= before + 3);

      await installRpicam(folder, 'rpicam-vid', {});
      const broker = await Mosquitto.start(folder, openListener(port));
      try {
        await systemd.hears(/^STATUS=.*; camera ok; broker connected$/);
        daemon.terminate();
        assert.equal(await daemon.ended(), 0, daemon.stderr);
        await systemd.hears('STOPPING=1');
        assert.deepEqual(systemd.heard.slice(-2), ['STOPPING=1', 'STATUS=Stopping']);
        assert.equal(systemd.heard.filter((one) => one === 'READY=1').length, 1);
      } finally {
        await broker.stop();
      }
    }));

  it('tells what it reads', () =>
    underSystemd(async ({ folder, port, systemd, run }) => {
      const broker = await Mosquitto.start(folder, openListener(port));
      try {
        const daemon = await run(NOTES);
        await systemd.hears('STATUS=Reading 407; camera ok; broker connected');
        assert.ok(!systemd.heard.includes('WATCHDOG=1'), 'fed a watchdog that is off');
        daemon.terminate();
        assert.equal(await daemon.ended(), 0, daemon.stderr);
      } finally {
        await broker.stop();
      }
    }));

  it('stops within 5 s and says offline, with a camera program that hangs and ignores SIGTERM', () =>
    underSystemd(async ({ folder, port, systemd, run }) => {
      const broker = await Mosquitto.start(folder, openListener(port));
      const watcher = await Watcher.connect(`mqtt://127.0.0.1:${port}`, ['inkcast/desk/availability']);
      try {
        await installRpicam(folder, 'rpicam-vid', { frames: 3, next: 'hang', ignoreTerm: true });
        const camera = `{ source: rpicam, program: ${join(folder, 'rpicam-vid')}, width: 320, height: 240 }`;
        const daemon = await run(camera);
        await systemd.hears(/; camera ok; broker connected$/);
        const asked = performance.now();
        daemon.terminate();
        assert.equal(await daemon.ended(), 0, daemon.stderr);
        assert.ok(performance.now() - asked < STOP_MS, 'systemd would have killed it');
        await watcher.until((seen) => seen.some(({ text }) => text === 'offline'));
        assert.deepEqual(
          watcher.seen.map(({ text, packet }) => [text, packet.retain]),
          [
            ['online', true],
            ['offline', true],
          ],
        );
      } finally {
        await watcher.end();
        await broker.stop();
      }
    }));

  it('stops within 5 s with a broker that answers no more', () =>
    underSystemd(async ({ folder, port, systemd, run }) => {
      const broker = await Mosquitto.start(folder, openListener(port));
      try {
        const daemon = await run(NOTES);
        await systemd.hears(/broker connected$/);
        broker.signal('SIGSTOP');
        const asked = performance.now();
        daemon.terminate();
        await daemon.ended();
        assert.ok(performance.now() - asked < STOP_MS, 'systemd would have killed it');
      } finally {
        await broker.stop('SIGKILL');
      }
    }));

  it('goes on where systemd cannot be told, with one warning', () =>
    underSystemd(async ({ folder, run }) => {
      const daemon = await run(NOTES, {
        NOTIFY_SOCKET: join(folder, 'nobody'),
      });
      await daemon.prints(/"msg":"reading"/);
      daemon.terminate();
      assert.equal(await daemon.ended(), 0, daemon.stderr);
      assert.equal(daemon.stdout.match(/INK_SERVICE_NOTIFY/g)?.length, 1);
    }));
});
