import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, Mosquitto, openListener, Watcher } from '@inkcast/lab/broker';
import { type HealthMessage, healthSchema } from '@inkcast/shared/messages';
import { FakeSystemd } from '../support/fake-systemd.js';
import { needsProgram } from '../support/programs.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { CoralMachine } from './support/coral-machine.js';
import { NodeProcess } from './support/daemon-process.js';

const ELSEWHERE = fileURLToPath(new URL('support/run-elsewhere.ts', import.meta.url));
const SCENES = fileURLToPath(new URL('../../assets/scenes/photos', import.meta.url));
/** Of the watchdog: long enough for one frame on a busy machine. */
const PERIOD_MS = 6000;

interface Setting {
  readonly machine: CoralMachine;
  readonly systemd: FakeSystemd;
  readonly daemon: NodeProcess;
  /** Resolves with the next report that is wanted, of those that came after the last one. */
  health(wanted: (message: HealthMessage) => boolean): Promise<void>;
}

async function withCoral(work: (setting: Setting) => Promise<void>): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const machine = new CoralMachine(folder);
    await machine.start();
    const port = await freePort();
    const config = join(folder, 'inkcast.yaml');
    await writeFile(
      config,
      `device: { name: bench }
camera: { source: directory, folder: ${SCENES}, rate: 4 }
inference: ${machine.inference}
mqtt: { url: "mqtt://127.0.0.1:${port}" }
storage: { folder: state }
`,
    );
    const broker = await Mosquitto.start(folder, openListener(port));
    const watcher = await Watcher.connect(`mqtt://127.0.0.1:${port}`, ['inkcast/bench/health']);
    const systemd = new FakeSystemd(join(folder, 'notify'));
    const daemon = new NodeProcess([...process.execArgv, ELSEWHERE, config, machine.root], {
      ...{ NOTIFY_SOCKET: systemd.address, WATCHDOG_USEC: String(PERIOD_MS * 1000) },
    });
    let passed = 0;
    const health: Setting['health'] = async (wanted) => {
      const at = (seen: readonly { readonly text: string }[]) =>
        seen.findIndex(({ text }, index) => index >= passed && wanted(healthSchema.parse(JSON.parse(text))));
      passed = at(await watcher.until((seen) => at(seen) >= 0)) + 1;
    };
    try {
      await work({ machine, systemd, daemon, health });
    } finally {
      await daemon.end();
      await systemd.end();
      await watcher.end();
      await broker.stop();
    }
  });
}

const uses = (kind: string, status: string) => (message: HealthMessage) =>
  message.accelerator.kind === kind && message.accelerator.status === status && message.fps > 0;

describe('the daemon and an accelerator', function () {
  this.timeout(180_000);

  before(function () {
    needsProgram(this, 'mosquitto', 'cc');
  });

  it('that is pulled out reads on with the processor, says so, and uses it again once it is back', () =>
    withCoral(async ({ machine, systemd, daemon, health }) => {
      await health(uses('coral', 'running'));
      await machine.pullOut();
      await health((message) => {
        const reported = message.problems.some(({ code }) => code === 'INK_CORAL_FAILED');
        return uses('cpu', 'fallback')(message) && reported;
      });
      await systemd.hears(/^STATUS=.*camera ok; broker connected; .*Coral/);
      await machine.plugIn();
      await health((message) => uses('coral', 'running')(message) && message.problems.length === 0);
      daemon.terminate();
      assert.equal(await daemon.ended(), 0, daemon.stderr);
    }));

  it('that hangs in the middle of a frame no longer feeds the watchdog', () =>
    withCoral(async ({ machine, systemd, daemon, health }) => {
      await health(uses('coral', 'running'));
      await systemd.hears('WATCHDOG=1', systemd.heard.length);
      await machine.hang(true);
      await systemd.missesFeedFor(PERIOD_MS);
      // A real systemd would kill it now. It was the frame that was missing: with its end, the watchdog is fed again.
      const before = systemd.heard.length;
      await machine.hang(false);
      await systemd.hears('WATCHDOG=1', before);
      daemon.terminate();
      assert.equal(await daemon.ended(), 0, daemon.stderr);
    }));
});
