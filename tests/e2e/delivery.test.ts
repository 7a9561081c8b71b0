import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readHistoryOf } from '@inkcast/device/storage';
import { deviceTopics, eventSchema, healthSchema } from '@inkcast/shared/messages';
import { freePort, Mosquitto, openListener } from '../support/mosquitto.js';
import { type Seen, Watcher } from '../support/mqtt-watcher.js';
import { needsProgram } from '../support/programs.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { drawChangingPage } from './support/changing-page.js';
import { MortalProcess } from './support/mortal-process.js';

const inkcast = fileURLToPath(new URL('../../device/bin/inkcast.js', import.meta.url));
const endlessDevice = fileURLToPath(new URL('support/endless-device.ts', import.meta.url));
const topics = deviceTopics('inkcast', 'torture');

// The whole of it takes a quarter of an hour: INKCAST_TORTURE=full npx mocha tests/e2e/delivery.test.ts
const full = process.env.INKCAST_TORTURE === 'full';

/** What a consumer was sent, by the order of first arrivals. */
class Arrivals {
  readonly ids = new Set<string>();
  #read = 0;

  /** @param seen everything that has arrived, of which earlier calls have read a part */
  count(seen: readonly Seen[]): number {
    for (; this.#read < seen.length; this.#read++) {
      const { topic, text } = seen[this.#read];
      if (topic === topics.event) this.ids.add(eventSchema.parse(JSON.parse(text)).id);
    }
    return this.ids.size;
  }
}

interface Torture {
  readonly events: number;
  readonly kills: number;
  readonly folder: string;
  /** Where the events are stored. */
  readonly store: string;
  readonly port: number;
  readonly device: MortalProcess;
  /** Makes the last life store no more, and waits until it has sent what is stored. */
  readonly settle: (consumer: Watcher) => Promise<void>;
}

/** Kills broker and device again and again, and holds what a consumer got against what was stored. */
async function torture({ events, kills, folder, store, port, device, settle }: Torture): Promise<void> {
  await mkdir(join(folder, 'broker'));
  // What a killed broker had acknowledged and not passed on is lost with its memory (docs/decisions/036); so it
  // passes everything on at once, and remembers the consumer's session from its first, orderly end.
  const broker = await Mosquitto.start(folder, [
    ...openListener(port),
    'log_type error',
    'persistence true',
    `persistence_location ${join(folder, 'broker')}/`,
    'max_inflight_messages 0',
    'max_queued_messages 0',
  ]);
  const session = { clean: false, clientId: 'consumer', properties: { sessionExpiryInterval: 3600 } };
  const consumer = await Watcher.connect(`mqtt://127.0.0.1:${port}`, [topics.event], session);
  await broker.stop('SIGTERM');
  await broker.start();
  const arrivals = new Arrivals();
  try {
    // Each kill may take an event with it that was named and not stored.
    const lives = device.run(events + kills, kills);
    const brokerLives = async () => {
      for (let kill = 1; kill <= kills; kill++) {
        // By turns when the device is killed, and between two of its kills.
        const goal = ((kill - (kill % 2) / 2) * events) / (kills + 1);
        await consumer.until((seen) => arrivals.count(seen) >= goal && consumer.client.connected);
        await broker.stop('SIGKILL');
        await broker.start();
      }
    };
    await Promise.all([lives, brokerLives()]);
    await settle(consumer);
    const stored = readHistoryOf(store, { limit: 1_000_000 }).map(({ id }) => id);
    await consumer.until((seen) => arrivals.count(seen) >= stored.length);
    assert.equal(await device.end(), 0);
    assert.equal(readHistoryOf(store, { limit: 1_000_000 }).length, stored.length, 'it went on storing');
    assert.deepEqual([...arrivals.ids], stored);
    assert.ok(stored.length >= events, `${stored.length} were stored`);
    assert.equal(device.kills, kills);
    const received = consumer.seen.filter(({ topic }) => topic === topics.event).length;
    const again = `${received - stored.length} of them twice`;
    process.stdout.write(`      ${stored.length} events stored, all received in order, ${again}\n`);
  } finally {
    device.stop();
    await consumer.end();
    await broker.stop();
  }
}

describe('events on their way to a consumer', () => {
  before(function () {
    needsProgram(this, 'mosquitto');
  });

  const daemon = full ? { events: 10_000, kills: 20 } : { events: 150, kills: 2 };
  it(`all arrive, in order: ${daemon.events} of inkcast run, ${daemon.kills} kills of it and of the broker`, () =>
    inTemporaryFolder(async (folder) => {
      await drawChangingPage(join(folder, 'pictures'));
      const port = await freePort();
      const config = join(folder, 'inkcast.yaml');
      await writeFile(
        config,
        `camera: { source: directory, folder: pictures, rate: 100, frameRate: 100 }
device: { name: torture }
mqtt: { url: "mqtt://127.0.0.1:${port}" }
storage: { folder: state }
reading: { tracking: { agreementMs: 1, lossMs: 0, restlessMs: 0, holdMs: 0, hiddenMs: 0 } }
`,
      );
      const device = new MortalProcess(
        [inkcast, 'run', '--config', config],
        (line) => /"id":"(\w+)","msg":"reading"/.exec(line)?.[1],
      );
      const settle = async (consumer: Watcher) => {
        await consumer.client.subscribeAsync(topics.health, { qos: 1 });
        for (let queued = 1; queued > 0; ) {
          const from = consumer.seen.length;
          await consumer.client.publishAsync(topics.request('pause'), '{}', { qos: 1 });
          const { paused, queue } = healthSchema.parse(JSON.parse((await consumer.next(topics.health, from)).text));
          if (paused) queued = queue.depth;
        }
      };
      const store = join(folder, 'state');
      await torture({ ...daemon, folder, store, port, device, settle });
      // It names an event before that is stored: the last one of a life may be lost with it, and no other.
      const stored = new Set(readHistoryOf(store, { limit: 1_000_000 }).map(({ id }) => id));
      for (const named of device.lives) {
        assert.ok(named.slice(0, -1).every((id) => stored.has(id)));
      }
    })).timeout(full ? 3_600_000 : 180_000);

  const many = full ? { events: 10_000, kills: 20 } : { events: 1000, kills: 3 };
  it(`all arrive, in order: ${many.events} with many on their way at once, and ${many.kills} kills`, () =>
    inTemporaryFolder(async (folder) => {
      const port = await freePort();
      const store = join(folder, 'state');
      const args = ['--import=tsx/esm', endlessDevice, store, `mqtt://127.0.0.1:${port}`, topics.event];
      const device = new MortalProcess(args, (line) => line);
      // Its parts are those of the daemon, without what makes events out of frames; its events are stored as named.
      const settle = async () => assert.equal(await device.end(), 0);
      await torture({ ...many, folder, store, port, device, settle });
      const stored = new Set(readHistoryOf(store, { limit: 1_000_000 }).map(({ id }) => id));
      assert.ok(device.lives.flat().every((id) => stored.has(id)));
    })).timeout(600_000);
});
