import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readHistoryOf } from '@inkcast/device/storage';
import { freePort, Mosquitto, openListener, type Seen, Watcher } from '@inkcast/lab/broker';
import { type DeviceTopics, deviceTopics, eventSchema, healthSchema } from '@inkcast/shared/messages';
import { INKCAST } from '../support/built-programs.js';
import { needsProgram } from '../support/programs.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { drawChangingPage } from './support/changing-page.js';
import { MortalProcess } from './support/mortal-process.js';

const endlessDevice = fileURLToPath(new URL('support/endless-device.ts', import.meta.url));

// The whole of it takes half an hour on a busy machine: INKCAST_TORTURE=10000 npx mocha tests/e2e/delivery.test.ts
const full = Number(process.env.INKCAST_TORTURE ?? 0);

/** A device whose events go to a consumer. */
interface TorturedDevice {
  readonly topics: DeviceTopics;
  /** Where its events are stored. */
  readonly store: string;
  readonly process: MortalProcess;
  /** Stops new events in the last process, and waits until it has sent all stored events. */
  settle(consumer: Watcher): Promise<void>;
}

interface Torture {
  readonly folder: string;
  readonly port: number;
  readonly devices: readonly TorturedDevice[];
  /** Of all devices together. */
  readonly events: number;
  /** Of each device. */
  readonly kills: number;
  readonly brokerKills: number;
}

/** What a consumer was sent: the ids of each device, in the order of first arrivals. */
class Arrivals {
  readonly #ids = new Map<string, Set<string>>();
  #read = 0;

  /** @param seen all arrived events; earlier calls have read a part @returns the number of different ids */
  count(seen: readonly Seen[]): number {
    for (; this.#read < seen.length; this.#read++) {
      const { topic, text } = seen[this.#read];
      if (topic.endsWith('/event')) this.#of(topic).add(eventSchema.parse(JSON.parse(text)).id);
    }
    return [...this.#ids.values()].reduce((sum, { size }) => sum + size, 0);
  }

  of({ topics }: TorturedDevice): readonly string[] {
    return [...this.#of(topics.event)];
  }

  #of(topic: string): Set<string> {
    const found = this.#ids.get(topic) ?? new Set();
    this.#ids.set(topic, found);
    return found;
  }
}

const storedBy = ({ store }: TorturedDevice): readonly string[] =>
  readHistoryOf(store, { limit: 1_000_000 }).map(({ id }) => id);

/** Kills broker and devices repeatedly, and compares the events of a consumer with the stored events. */
async function torture({ folder, port, devices, events, kills, brokerKills }: Torture): Promise<void> {
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
  const consumer = await Watcher.connect(`mqtt://127.0.0.1:${port}`, ['inkcast/+/event'], session);
  await broker.stop('SIGTERM');
  await broker.start();
  const arrivals = new Arrivals();
  try {
    // Each kill may take an event with it that was named and not stored.
    const each = Math.ceil(events / devices.length) + kills;
    const lives = devices.map(({ process }) => process.run(each, kills));
    const brokerLives = async () => {
      for (let kill = 1; kill <= brokerKills; kill++) {
        const goal = (kill * events) / (brokerKills + 1);
        await consumer.until((seen) => arrivals.count(seen) >= goal && consumer.client.connected);
        await broker.stop('SIGKILL');
        await broker.start();
      }
    };
    await Promise.all([...lives, brokerLives()]);
    // One after the other: a watcher waits for one thing at a time.
    for (const device of devices) await device.settle(consumer);
    const total = devices.reduce((sum, device) => sum + storedBy(device).length, 0);
    await consumer.until((seen) => arrivals.count(seen) >= total);
    for (const device of devices) {
      assert.equal(await device.process.end(), 0);
      assert.deepEqual(arrivals.of(device), storedBy(device));
      assert.equal(device.process.kills, kills);
    }
    assert.ok(total >= events, `${total} were stored`);
    const again = consumer.seen.filter(({ topic }) => topic.endsWith('/event')).length - total;
    process.stdout.write(`      ${total} events were stored and received in order, ${again} of them twice\n`);
  } finally {
    for (const { process } of devices) process.stop();
    await consumer.end();
    await broker.stop();
  }
}

/** `inkcast run` before a page on which always another digit is missing. */
async function daemonIn(folder: string, name: string, port: number): Promise<TorturedDevice> {
  const config = join(folder, `${name}.yaml`);
  await writeFile(
    config,
    `camera: { source: directory, folder: pictures, rate: 100, frameRate: 100 }
device: { name: ${name} }
mqtt: { url: "mqtt://127.0.0.1:${port}" }
storage: { folder: ${name} }
reading: { tracking: { agreementMs: 1, lossMs: 0, motionMs: 0, holdMs: 0, hiddenMs: 0 } }
`,
  );
  const topics = deviceTopics('inkcast', name);
  return {
    topics,
    store: join(folder, name),
    process: new MortalProcess(
      [INKCAST, 'run', '--config', config],
      (line) => /"id":"(\w+)","msg":"reading"/.exec(line)?.[1],
    ),
    settle: async (consumer) => {
      await consumer.client.subscribeAsync(topics.health, { qos: 1 });
      for (let queued = 1; queued > 0; ) {
        const from = consumer.seen.length;
        await consumer.client.publishAsync(topics.request('pause'), '{}', { qos: 1 });
        const { paused, queue } = healthSchema.parse(JSON.parse((await consumer.next(topics.health, from)).text));
        if (paused) queued = queue.depth;
      }
    },
  };
}

/** The daemon's parts from the queue on, fed as fast as they store. */
function endlessDeviceIn(folder: string, name: string, port: number): TorturedDevice {
  const topics = deviceTopics('inkcast', name);
  const store = join(folder, name);
  const args = [...process.execArgv, endlessDevice, store, `mqtt://127.0.0.1:${port}`, topics.event];
  const life = new MortalProcess(args, (line) => line);
  return { topics, store, process: life, settle: async () => assert.equal(await life.end(), 0) };
}

describe('events on their way to a consumer', () => {
  before(function () {
    needsProgram(this, 'mosquitto');
  });

  const run =
    full > 0
      ? { count: 5, events: full, kills: 4, brokerKills: 20 }
      : { count: 2, events: 100, kills: 1, brokerKills: 2 };
  const { count, ...several } = run;
  it(`all arrive, in order: ${run.events} of ${count} daemons, each killed ${run.kills} times, the broker ${run.brokerKills} times`, () =>
    inTemporaryFolder(async (folder) => {
      await drawChangingPage(join(folder, 'pictures'));
      const port = await freePort();
      const names = Array.from({ length: count }, (_, index) => `device-${index + 1}`);
      const devices = await Promise.all(names.map((name) => daemonIn(folder, name, port)));
      await torture({ folder, port, devices, ...several });
      for (const device of devices) {
        // It names an event before that is stored: the last one of a life may be lost with it, and no other.
        const stored = new Set(storedBy(device));
        for (const named of device.process.lives) assert.ok(named.slice(0, -1).every((id) => stored.has(id)));
      }
    })).timeout(full > 0 ? 3_600_000 : 180_000);

  const many = full > 0 ? { events: full, kills: 20, brokerKills: 20 } : { events: 1000, kills: 3, brokerKills: 3 };
  it(`all arrive, in order: ${many.events} with many on their way at once, ${many.kills} kills of device and broker each`, () =>
    inTemporaryFolder(async (folder) => {
      const port = await freePort();
      const device = endlessDeviceIn(folder, 'endless', port);
      await torture({ folder, port, devices: [device], ...many });
      // What it names is stored.
      const stored = new Set(storedBy(device));
      assert.ok(device.process.lives.flat().every((id) => stored.has(id)));
    })).timeout(1_800_000);
});
