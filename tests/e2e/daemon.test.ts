import assert from 'node:assert/strict';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, Mosquitto, openListener, type Seen, Watcher } from '@inkcast/lab/broker';
import { eventSchema, healthSchema, readingSchema } from '@inkcast/shared/messages';
import { OldBroker } from '../support/old-broker.js';
import { needsProgram } from '../support/programs.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { InkcastProcess } from './support/daemon-process.js';

const SCENES = fileURLToPath(new URL('../../assets/scenes', import.meta.url));

interface Setting {
  readonly broker: Mosquitto;
  readonly watcher: Watcher;
  readonly daemon: InkcastProcess;
}

/** A real broker, a client of it, and a daemon that looks at two scenes and a blank page by turns. */
async function withDaemon(work: (setting: Setting) => Promise<void>): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const pictures = join(folder, 'pictures');
    await mkdir(pictures);
    for (const scene of ['photos/01-note.jpg', 'photos/04-single.jpg', 'negatives/16-blank.jpg']) {
      await copyFile(join(SCENES, scene), join(pictures, scene.split('/')[1]));
    }
    const port = await freePort();
    const config = join(folder, 'inkcast.yaml');
    await writeFile(
      config,
      `camera: { source: directory, folder: pictures, rate: 1 }
device: { name: desk }
mqtt: { url: "mqtt://127.0.0.1:${port}" }
storage: { folder: state }
reading: { tracking: { agreementMs: 100, lossMs: 150, motionMs: 200, holdMs: 100, hiddenMs: 200 } }
`,
    );
    const broker = await Mosquitto.start(folder, openListener(port));
    const watcher = await Watcher.connect(`mqtt://127.0.0.1:${port}`, ['inkcast/desk/#']);
    const daemon = new InkcastProcess('run', '--config', config);
    try {
      await work({ broker, watcher, daemon });
    } finally {
      await daemon.end();
      await watcher.end();
      await broker.stop();
    }
  });
}

const readingsIn = (seen: readonly Seen[]) =>
  seen.filter(({ topic }) => topic === 'inkcast/desk/reading').map(({ text }) => readingSchema.parse(JSON.parse(text)));
const eventsIn = (seen: readonly Seen[]) =>
  seen.filter(({ topic }) => topic === 'inkcast/desk/event').map(({ text }) => eventSchema.parse(JSON.parse(text)));
const availabilitiesIn = (seen: readonly Seen[]) =>
  seen.filter(({ topic }) => topic === 'inkcast/desk/availability').map(({ text }) => text);
const has = (text: string) => (seen: readonly Seen[]) => readingsIn(seen).some((reading) => reading.text === text);

describe('the daemon process', function () {
  this.timeout(90_000);

  before(function () {
    needsProgram(this, 'mosquitto');
  });

  it('publishes what it reads to a separate client, and says that it has gone when it is stopped', () =>
    withDaemon(async ({ watcher, daemon }) => {
      await watcher.until((seen) => has('407')(seen) && has('8')(seen) && eventsIn(seen).length >= 3);
      daemon.terminate();
      await watcher.until((seen) => availabilitiesIn(seen).includes('offline'));
      assert.equal(await daemon.ended(), 0, daemon.stderr);
      const { seen } = watcher;
      assert.deepEqual(availabilitiesIn(seen), ['online', 'offline']);
      const readings = readingsIn(seen);
      assert.ok(readings.every(({ text }) => ['', '407', '8'].includes(text)));
      assert.equal(readings[0].text, '', 'what an earlier run left at the broker was not replaced');
      const retained = seen.filter(({ topic }) => !topic.endsWith('/event')).map(({ packet }) => packet.retain);
      assert.ok(retained.every((value) => value));
      // Each event is the reading of the same id, and says what had changed.
      const byId = new Map(readings.map((reading) => [reading.id, reading]));
      let before = '';
      for (const { event_type, ...reading } of eventsIn(seen)) {
        assert.deepEqual(reading, byId.get(reading.id));
        const expected = before === '' ? 'digits_appeared' : reading.text === '' ? 'digits_cleared' : 'digits_changed';
        assert.equal(event_type, expected);
        before = reading.text;
      }
      for (const line of daemon.stdout.trim().split('\n')) assert.ok(JSON.parse(line).msg, line);
    }));

  it('goes on when the broker stops and comes back, which then knows its state again', () =>
    withDaemon(async ({ broker, watcher, daemon }) => {
      await watcher.until(has('407'));
      await broker.stop('SIGKILL');
      await daemon.prints('INK_MQTT_LOST');
      const from = watcher.seen.length;
      const shortly = [readingsIn(watcher.seen).length];
      await broker.start();
      const later = (seen: readonly Seen[]) => seen.slice(from);
      await watcher.until((seen) => has('8')(later(seen)) && has('407')(later(seen)));
      assert.ok(readingsIn(watcher.seen).length > shortly[0]);
      assert.deepEqual(availabilitiesIn(later(watcher.seen)), ['online']);
      // No event is missing: their numbers have no gap.
      const numbers = eventsIn(watcher.seen).map(({ seq }) => seq);
      const unique = [...new Set(numbers)];
      assert.deepEqual(
        unique,
        unique.toSorted((a, b) => a - b),
      );
      daemon.terminate();
      assert.equal(await daemon.ended(), 0, daemon.stderr);
    }));

  it('field report 11: reads on at a broker of MQTT 3.1.1 alone, and says so in its health', () =>
    inTemporaryFolder(async (folder) => {
      await mkdir(join(folder, 'pictures'));
      await copyFile(join(SCENES, 'photos/01-note.jpg'), join(folder, 'pictures', 'a.jpg'));
      const broker = new OldBroker('closes');
      const url = `mqtt://127.0.0.1:${await broker.start()}`;
      const watcher = await Watcher.connect(url, ['inkcast/desk/#'], { protocolVersion: 4 });
      const values = ['camera.source=directory', `camera.folder=${join(folder, 'pictures')}`, 'device.name=desk'];
      const places = [`mqtt.url=${url}`, `storage.folder=${join(folder, 'state')}`];
      const daemon = new InkcastProcess('run', ...[...values, ...places].flatMap((value) => ['--set', value]));
      try {
        const problems = (seen: readonly Seen[]) =>
          seen
            .filter(({ topic }) => topic === 'inkcast/desk/health')
            .map(({ text }) => healthSchema.parse(JSON.parse(text)).problems);
        await watcher.until((seen) => has('407')(seen) && (problems(seen).at(-1) ?? []).length > 0);
        const [problem] = problems(watcher.seen).at(-1) ?? [];
        assert.equal(problem.code, 'INK_MQTT_VERSION');
        assert.match(problem.message, /MQTT 3\.1\.1 is used; set mqtt\.version: "3\.1\.1"/);
        daemon.terminate();
        assert.equal(await daemon.ended(), 0, daemon.stderr);
      } finally {
        await daemon.end();
        await watcher.end();
        await broker.stop();
      }
    }));

  it('names what is wrong with its configuration and ends with 2', async () => {
    const wrong = new InkcastProcess('run', '--set', 'camera.source=directory', '--set', 'camera.rate=fast');
    assert.equal(await wrong.ended(), 2);
    assert.match(wrong.stderr, /^INK_CONFIG_INVALID: camera\.(rate is "fast"|folder is missing)/);
    const missing = new InkcastProcess('run', '--config', '/nowhere.yaml');
    assert.equal(await missing.ended(), 2);
    assert.match(missing.stderr, /^INK_CONFIG_UNREADABLE: \/nowhere\.yaml/);
  });
});
