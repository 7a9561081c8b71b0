import assert from 'node:assert/strict';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, Mosquitto, openListener, type Seen, Watcher } from '@inkcast/lab/broker';
import { eventSchema, healthSchema } from '@inkcast/shared/messages';
import { needsProgram } from '../support/programs.js';
import { SetClock } from '../support/set-clock.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { InkcastProcess } from './support/daemon-process.js';

const SCENES = fileURLToPath(new URL('../../assets/scenes', import.meta.url));
const TOPIC = 'inkcast/desk/event';
/** The broker keeps for this consumer what comes while it is away. */
const SESSION = { clean: false, clientId: 'consumer', properties: { sessionExpiryInterval: 3600 } };

/** The configuration of a daemon before which a note and a blank page lie by turns. */
async function writeConfig(folder: string, port: number): Promise<string> {
  const pictures = join(folder, 'pictures');
  await mkdir(pictures);
  for (const scene of ['photos/04-single.jpg', 'negatives/16-blank.jpg']) {
    await copyFile(join(SCENES, scene), join(pictures, scene.split('/')[1]));
  }
  const file = join(folder, 'inkcast.yaml');
  await writeFile(
    file,
    `camera: { source: directory, folder: pictures, rate: 1 }
device: { name: desk }
mqtt: { url: "mqtt://127.0.0.1:${port}" }
storage: { folder: state }
reading: { tracking: { agreementMs: 100, lossMs: 150, motionMs: 200, holdMs: 100, hiddenMs: 200 } }
`,
  );
  return file;
}

const eventsIn = (seen: readonly Seen[]) =>
  seen.filter(({ topic }) => topic === TOPIC).map(({ text }) => eventSchema.parse(JSON.parse(text)));

async function historyOf(folder: string) {
  const command = new InkcastProcess('history', '--state', join(folder, 'state'), '--json');
  assert.equal(await command.ended(), 0, command.stderr);
  return command.stdout
    .trim()
    .split('\n')
    .map((line): { id: string; capturedAt: string } => JSON.parse(line));
}

describe('events of a daemon that is killed while the broker is away', function () {
  this.timeout(90_000);

  before(function () {
    needsProgram(this, 'mosquitto');
  });

  it('all arrive in order once both are back, with the ids under which the history lists them', () =>
    inTemporaryFolder(async (folder) => {
      const port = await freePort();
      const url = `mqtt://127.0.0.1:${port}`;
      const config = await writeConfig(folder, port);
      await mkdir(join(folder, 'broker'));
      const broker = await Mosquitto.start(folder, [
        ...openListener(port),
        'persistence true',
        `persistence_location ${join(folder, 'broker')}/`,
      ]);
      const consumer = await Watcher.connect(url, [TOPIC], SESSION);
      const daemons = [new InkcastProcess('run', '--config', config)];
      try {
        await consumer.until((seen) => eventsIn(seen).length >= 1);
        await broker.stop();
        // The daemon logs a reading before it is stored, so only the fourth event may be lost.
        await daemons[0].prints(/INK_MQTT_LOST(?:[\s\S]*?"msg":"reading"){4}/);
        await daemons[0].end();
        const stored = (await historyOf(folder)).map(({ id }) => id);
        assert.ok(stored.length >= 4, `${stored.length} events were stored`);

        await broker.start();
        daemons.push(new InkcastProcess('run', '--config', config));
        await consumer.until((seen) => new Set(eventsIn(seen).map(({ id }) => id)).size > stored.length);
        daemons[1].terminate();
        assert.equal(await daemons[1].ended(), 0, daemons[1].stderr);
        const arrived = [...new Set(eventsIn(consumer.seen).map(({ id }) => id))];
        assert.deepEqual(arrived.slice(0, stored.length), stored);
        const listed = (await historyOf(folder)).map(({ id }) => id);
        assert.deepEqual(arrived, listed.slice(0, arrived.length));
      } finally {
        for (const daemon of daemons) await daemon.end();
        await consumer.end();
        await broker.stop();
      }
    }));

  it('are not touched by a second daemon on the same folder, which says why it ends', () =>
    inTemporaryFolder(async (folder) => {
      const config = await writeConfig(folder, await freePort());
      const first = new InkcastProcess('run', '--config', config);
      try {
        await first.prints('"msg":"reading"');
        const second = new InkcastProcess('run', '--config', config);
        assert.equal(await second.ended(), 1);
        assert.match(second.stderr, /^INK_STORAGE_TAKEN: /m);
        // Without a broker, and with events that wait for one, it ends as quickly.
        first.terminate();
        assert.equal(await first.ended(), 0, first.stderr);
        assert.notDeepEqual(await historyOf(folder), []);
      } finally {
        await first.end();
      }
    }));

  it('field report 9: all arrive though the storage folder was deleted under the daemon, which says so', () =>
    inTemporaryFolder(async (folder) => {
      const port = await freePort();
      const config = await writeConfig(folder, port);
      const state = join(folder, 'state');
      const daemons = [new InkcastProcess('run', '--config', config)];
      try {
        await daemons[0].prints(/(?:"msg":"reading"[\s\S]*?){2}/);
        await rm(state, { recursive: true, force: true, maxRetries: 5 });
        await daemons[0].prints('INK_STORAGE_LOST');
        await daemons[0].prints(/INK_STORAGE_LOST[\s\S]*?"msg":"reading"/);
        await daemons[0].end();
        const stored = (await historyOf(folder)).map(({ id }) => id);
        daemons.push(new InkcastProcess('run', '--config', config));
        const broker = await Mosquitto.start(folder, openListener(port));
        const consumer = await Watcher.connect(`mqtt://127.0.0.1:${port}`, [TOPIC]);
        try {
          await consumer.until((seen) => eventsIn(seen).length > stored.length);
          assert.ok(stored.length >= 2, `${stored.length} events were stored`);
          const arrived = eventsIn(consumer.seen).map(({ id }) => id);
          assert.deepEqual(arrived.slice(0, stored.length), stored);
        } finally {
          await consumer.end();
          await broker.stop();
        }
      } finally {
        for (const daemon of daemons) await daemon.end();
      }
    }));

  it('field report 6: all arrive in the order of their ids though the date was 1970, 2099 and at last right', function () {
    needsProgram(this, 'faketime');
    return inTemporaryFolder(async (folder) => {
      const port = await freePort();
      const config = await writeConfig(folder, port);
      const clock = new SetClock(folder, '2099-01-01 00:00:00');
      const run = () => new InkcastProcess('run', '--config', config, '--set', 'camera.rate=2', clock.environment);
      const daemons = [run()];
      try {
        await daemons[0].prints(/(?:"msg":"reading"[\s\S]*?){2}/);
        await daemons[0].end();
        clock.set('1970-01-01 00:00:20');
        daemons.push(run());
        const [, daemon] = daemons;
        await daemon.prints(/(?:"msg":"reading"[\s\S]*?){2}/);
        for (const [date, count] of [
          ['2099-06-01 00:00:00', 4],
          ['2026-11-28 12:00:00', 6],
        ] as const) {
          clock.set(date);
          await daemon.prints(new RegExp(`(?:"msg":"reading"[\\s\\S]*?){${count}}`));
        }
        const stored = await historyOf(folder);
        const broker = await Mosquitto.start(folder, openListener(port));
        const consumer = await Watcher.connect(`mqtt://127.0.0.1:${port}`, [TOPIC]);
        try {
          await consumer.until((seen) => eventsIn(seen).length >= stored.length);
          daemon.terminate();
          assert.equal(await daemon.ended(), 0, daemon.stderr);
          const arrived = eventsIn(consumer.seen).map(({ id }) => id);
          assert.deepEqual(
            arrived.slice(0, stored.length),
            stored.map(({ id }) => id),
          );
          assert.deepEqual(arrived, arrived.toSorted());
        } finally {
          await consumer.end();
          await broker.stop();
        }
        const years = new Set((await historyOf(folder)).map(({ capturedAt }) => capturedAt.slice(0, 4)));
        assert.deepEqual([...years].toSorted(), ['1970', '2026', '2099']);
      } finally {
        for (const daemon of daemons) await daemon.end();
      }
    });
  });

  it('are counted in health where the queue was too small for them', () =>
    inTemporaryFolder(async (folder) => {
      const port = await freePort();
      const config = await writeConfig(folder, port);
      const daemon = new InkcastProcess('run', '--config', config, '--set', 'storage.queue.maxMegabytes=0.0001');
      try {
        await daemon.prints('INK_EVENTS_DROPPED');
        const broker = await Mosquitto.start(folder, openListener(port));
        const watcher = await Watcher.connect(`mqtt://127.0.0.1:${port}`, ['inkcast/desk/health']);
        try {
          const { text } = await watcher.next('inkcast/desk/health');
          const { queue, problems } = healthSchema.parse(JSON.parse(text));
          assert.ok(queue.dropped >= 1);
          assert.ok(problems.some(({ code }) => code === 'INK_EVENTS_DROPPED'));
        } finally {
          await watcher.end();
          await broker.stop();
        }
      } finally {
        await daemon.end();
      }
    }));
});
