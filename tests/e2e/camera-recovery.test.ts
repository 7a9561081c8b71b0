import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, Mosquitto, openListener, Watcher } from '@inkcast/lab/broker';
import { type HealthMessage, healthSchema } from '@inkcast/shared/messages';
import { behaveAs, installRpicam, isAlive, runsIn } from '../device/camera/support/stand-in.js';
import { needsProgram } from '../support/programs.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { InkcastProcess } from './support/daemon-process.js';

const configuration = (folder: string, port: number) => `
device: { name: bench }
camera:
  source: rpicam
  program: ${JSON.stringify(join(folder, 'rpicam-vid'))}
  width: 320
  height: 240
  silentAfterMs: 5000
  frozenAfterMs: 1500
mqtt: { url: "mqtt://127.0.0.1:${port}" }
storage: { folder: ${JSON.stringify(join(folder, 'state'))} }
`;

async function signalLastRun(folder: string, signal: NodeJS.Signals): Promise<void> {
  const run = (await runsIn(folder)).at(-1);
  assert.ok(run !== undefined);
  process.kill(run.pid, signal);
}

describe('the daemon and a camera that fails', () => {
  before(function () {
    needsProgram(this, 'mosquitto');
  });

  it('field report 12: reports a camera whose pictures are torn, and what to set', async function () {
    this.timeout(120_000);
    await inTemporaryFolder(async (folder) => {
      const port = await freePort();
      const broker = await Mosquitto.start(folder, openListener(port));
      const watcher = await Watcher.connect(`mqtt://127.0.0.1:${port}`, ['inkcast/bench/health']);
      await installRpicam(folder, 'rpicam-vid', { rowBytes: 448 });
      await writeFile(join(folder, 'config.yaml'), configuration(folder, port));
      const daemon = new InkcastProcess('run', '--config', join(folder, 'config.yaml'));
      const health = (seen: typeof watcher.seen) => seen.map(({ text }) => healthSchema.parse(JSON.parse(text)));
      try {
        const isTorn = ({ camera, problems }: HealthMessage) =>
          camera === 'failed' &&
          problems.some(({ code, message }) => code === 'INK_CAMERA_TORN' && /448/.test(message));
        await watcher.until((seen) => health([...seen]).some(isTorn));
        await behaveAs(folder, {});
        await watcher.until((seen) => health([...seen]).at(-1)?.camera === 'running');
        assert.deepEqual(health(watcher.seen).at(-1)?.problems, []);
        daemon.terminate();
        assert.equal(await daemon.ended(), 0);
      } finally {
        await daemon.end();
        await watcher.end();
        await broker.stop();
      }
    });
  });

  it('field report 15: warns once of an exposure that lowers the rate', async function () {
    this.timeout(120_000);
    await inTemporaryFolder(async (folder) => {
      await installRpicam(folder, 'rpicam-vid', { frames: 2, next: 1 });
      const camera = configuration(folder, 1).replace('width: 320', 'width: 320\n  shutterUs: 250000');
      await writeFile(join(folder, 'config.yaml'), camera);
      const daemon = new InkcastProcess('run', '--config', join(folder, 'config.yaml'));
      try {
        await daemon.prints('"restarts":2');
        const warnings = daemon.stdout.split('\n').filter((line) => line.includes('INK_CAMERA_SLOWED'));
        assert.equal(warnings.length, 1);
        assert.match(warnings[0], /"level":40.*Set camera.rate to 4 or less/);
      } finally {
        await daemon.end();
      }
    });
  });

  it('reports a camera that is killed, freezes or hangs, and reads on without a restart', async function () {
    this.timeout(120_000);
    await inTemporaryFolder(async (folder) => {
      const port = await freePort();
      const broker = await Mosquitto.start(folder, openListener(port));
      const watcher = await Watcher.connect(`mqtt://127.0.0.1:${port}`, ['inkcast/bench/#']);
      await installRpicam(folder, 'rpicam-vid', {});
      await writeFile(join(folder, 'config.yaml'), configuration(folder, port));
      const daemon = new InkcastProcess('run', '--config', join(folder, 'config.yaml'));
      try {
        let passed = 0;
        /** Waits for a report that comes after those that were waited for before. */
        const health = async (wanted: (message: HealthMessage) => boolean) => {
          const matches = (seen: typeof watcher.seen) =>
            seen.findIndex(({ topic, text }, at) => {
              return at >= passed && topic === 'inkcast/bench/health' && wanted(healthSchema.parse(JSON.parse(text)));
            });
          passed = matches([...(await watcher.until((seen) => matches([...seen]) >= 0))]) + 1;
        };
        const failed = (code: string) =>
          health(({ camera, problems }) => camera === 'failed' && problems.some((problem) => problem.code === code));
        const running = () =>
          health(({ camera, problems }) => {
            return camera === 'running' && !problems.some(({ code }) => code.startsWith('INK_CAMERA'));
          });

        await running();
        // A camera that is back within a second has been running; this one is gone until it is there again, and freezes.
        await behaveAs(folder, { noCamera: true });
        await signalLastRun(folder, 'SIGKILL');
        await failed('INK_CAMERA_FAILED');
        await behaveAs(folder, { frames: 10, next: 'freeze' });
        await running();
        await behaveAs(folder, {});
        await failed('INK_CAMERA_FROZEN');
        await running();
        await signalLastRun(folder, 'SIGSTOP');
        await failed('INK_CAMERA_SILENT');
        await running();

        daemon.terminate();
        assert.equal(await daemon.ended(), 0);
        await watcher.until((seen) => {
          return seen.findLast(({ topic }) => topic === 'inkcast/bench/availability')?.text === 'offline';
        });
        for (const code of ['INK_CAMERA_FAILED', 'INK_CAMERA_FROZEN', 'INK_CAMERA_SILENT']) {
          assert.ok(daemon.stdout.includes(`"code":"${code}"`), `${code} is not in the log`);
        }
        for (const { pid } of await runsIn(folder)) assert.equal(isAlive(pid), false);
      } finally {
        await daemon.end();
        await watcher.end();
        await broker.stop();
      }
    });
  });
});
