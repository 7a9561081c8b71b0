import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { EventSender, MqttConnection, StatePublisher } from '@inkcast/device/mqtt';
import type { EventStore } from '@inkcast/device/storage';
import { freePort, Mosquitto, openListener, sampleEvent, sampleReading, Watcher } from '@inkcast/lab/broker';
import type { InkError } from '@inkcast/shared/errors';
import { eventSchema, readingSchema } from '@inkcast/shared/messages';
import { needsProgram } from '../../support/programs.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { WithholdingBroker } from '../../support/withholding-broker.js';
import { openQueue } from './support/open-queue.js';

const eventTopic = 'inkcast/desk/event';
const readingTopic = 'inkcast/desk/reading';
const unexpected = (problem: Error) => assert.fail(problem.message);

function connectTo(port: number, version: '5' | '3.1.1' = '5', qos: 0 | 1 = 1): MqttConnection {
  return new MqttConnection({
    settings: { url: `mqtt://127.0.0.1:${port}`, version, qos },
    clientId: 'inkcast-desk',
    retryDelays: { firstMs: 20, maxMs: 50 },
  });
}

describe('events', () => {
  before(function () {
    needsProgram(this, 'mosquitto');
  });

  it('arrive all, in order, with their ids, although the broker stops twice on the way', () =>
    inTemporaryFolder(async (folder) => {
      const port = await freePort();
      const persistence = ['persistence true', `persistence_location ${folder}/`];
      const broker = await Mosquitto.start(folder, [...openListener(port), ...persistence]);
      const connection = connectTo(port);
      const queue = await openQueue(folder);
      const sender = new EventSender({ connection, queue, topicOf: () => eventTopic, onProblem: unexpected });
      const session = { clean: false, clientId: 'watcher', properties: { sessionExpiryInterval: 600 } };
      const watcher = await Watcher.connect(`mqtt://127.0.0.1:${port}`, [eventTopic], session);
      const ids = () => watcher.seen.map(({ text }) => eventSchema.parse(JSON.parse(text)).id);
      connection.start();
      sender.start();
      const events = Array.from({ length: 300 }, (_, index) => sampleEvent(String(index)));
      for (const [index, event] of events.entries()) {
        await sender.report(event);
        if (index % 150 === 50) await watcher.until((seen) => seen.length > 0);
        if (index % 150 === 70) await broker.stop();
        if (index % 150 === 90) await broker.start();
      }
      await watcher.until(() => new Set(ids()).size === events.length);
      assert.deepEqual(
        [...new Set(ids())],
        events.map(({ id }) => id),
      );
      sender.stop();
      await connection.stop();
      assert.equal(queue.depth, 0);
      await queue.stop();
      await watcher.end();
      await broker.stop();
    }));

  it('do not overtake those that were lost with a connection, while the next one is still being made', () =>
    inTemporaryFolder(async (folder) => {
      const broker = new WithholdingBroker(10);
      const connection = connectTo(await broker.start());
      const queue = await openQueue(folder);
      const sender = new EventSender({ connection, queue, topicOf: () => eventTopic, onProblem: unexpected });
      const events = [sampleEvent('1'), sampleEvent('2'), sampleEvent('3')];
      connection.start();
      sender.start();
      await once(connection, 'up');
      await sender.report(events[0]);
      await sender.report(events[1]);
      // Once the first is acknowledged, several may be on their way.
      await broker.received(1);
      broker.acknowledge();
      await broker.received(2);
      connection.subscribe('inkcast/desk/request/+', () => {});
      await broker.subscribing();
      broker.drop();
      // The broker has let it in, and has not granted its subscription yet.
      await broker.subscribing();
      await sender.report(events[2]);
      const up = once(connection, 'up');
      broker.grant();
      await up;
      for (let received = 3; received <= 4; received++) {
        await broker.received(received);
        broker.acknowledge();
      }
      const sent = broker.payloads.map((payload) => eventSchema.parse(JSON.parse(payload)).text);
      assert.deepEqual(sent, ['1', '2', '2', '3']);
      sender.stop();
      broker.stop();
      await connection.stop();
      await queue.stop();
    }));

  it('stay in the queue while the broker refuses them, and are sent in order when it does not any more', () =>
    inTemporaryFolder(async (folder) => {
      const port = await freePort();
      const rights = join(folder, 'rights');
      await writeFile(rights, 'topic read #\n');
      const broker = await Mosquitto.start(folder, [...openListener(port), `acl_file ${rights}`]);
      const connection = connectTo(port);
      const queue = await openQueue(folder);
      const problem = new Promise<InkError>((onProblem) => {
        const sender = new EventSender({ connection, queue, topicOf: () => eventTopic, onProblem, retryMs: 500 });
        sender.start();
      });
      const events = [sampleEvent('1'), sampleEvent('2'), sampleEvent('3')];
      for (const event of events) await queue.put(event);
      connection.start();
      assert.equal((await problem).code, 'INK_MQTT_FORBIDDEN');
      assert.match((await problem).message, /inkcast\/desk\/event/);
      assert.equal(queue.depth, 3);
      const watcher = await Watcher.connect(`mqtt://127.0.0.1:${port}`, [eventTopic]);
      await writeFile(rights, 'topic readwrite #\n');
      broker.reload();
      await watcher.until((seen) => seen.length >= 3);
      const ids = watcher.seen.map(({ text }) => eventSchema.parse(JSON.parse(text)).id);
      assert.deepEqual(
        [...new Set(ids)],
        events.map(({ id }) => id),
      );
      await connection.stop();
      assert.equal(queue.depth, 0);
      await queue.stop();
      await watcher.end();
      await broker.stop();
    }));
});

describe('an event that the broker always refuses', () => {
  /** Five events at a broker that answers the third with `reason`, always, and takes the others. */
  async function refuseThird(reason: number): Promise<{ sent: string[]; queue: EventStore; problems: InkError[] }> {
    const broker = new WithholdingBroker(10);
    const connection = connectTo(await broker.start());
    let queue: EventStore | undefined;
    const sent: string[] = [];
    const problems: InkError[] = [];
    await inTemporaryFolder(async (folder) => {
      queue = await openQueue(folder);
      const onProblem = (problem: InkError) => problems.push(problem);
      const sender = new EventSender({
        connection,
        queue,
        topicOf: () => eventTopic,
        onProblem,
        retryMs: 10,
        window: 1,
      });
      for (const text of ['1', '2', '3', '4', '5']) await queue.put(sampleEvent(text));
      sender.start();
      connection.start();
      while (!sent.includes('5')) {
        await broker.received(sent.length + 1);
        const { text } = eventSchema.parse(JSON.parse(broker.payloads[sent.length]));
        sent.push(text);
        broker.acknowledge(text === '3' ? reason : 0);
      }
      // Its acknowledgement comes after those of the events.
      const last = connection.publish({ topic: 'inkcast/desk/health', payload: '', qos: 1 });
      await broker.received(sent.length + 1);
      broker.acknowledge();
      await last;
      assert.deepEqual([...sender.problems.values()], [problems.at(-1)]);
      sender.stop();
      await connection.stop();
      await queue.stop();
    });
    broker.stop();
    assert.ok(queue !== undefined);
    return { sent, queue, problems };
  }

  for (const [version, limit, qos] of [
    ['5', 'message_size_limit 2000', 1],
    ['5', 'max_packet_size 2500', 1],
    ['3.1.1', 'max_packet_size 2500', 1],
    ['3.1.1', 'max_packet_size 2500', 0],
  ] as const) {
    it(`field report 3: by Mosquitto's ${limit}, over MQTT ${version} with QoS ${qos}, lets the others arrive in order`, function () {
      needsProgram(this, 'mosquitto');
      return inTemporaryFolder(async (folder) => {
        const port = await freePort();
        const broker = await Mosquitto.start(folder, [...openListener(port), limit]);
        const connection = connectTo(port, version, qos);
        const queue = await openQueue(folder);
        const retryMs = 20;
        const sender = new EventSender({ connection, queue, topicOf: () => eventTopic, onProblem: () => {}, retryMs });
        const watcher = await Watcher.connect(`mqtt://127.0.0.1:${port}`, [eventTopic]);
        for (const text of ['1', '2', '3'.repeat(60), '4', '5', '6']) await queue.put(sampleEvent(text));
        sender.start();
        connection.start();
        const texts = () => watcher.seen.map(({ text }) => eventSchema.parse(JSON.parse(text)).text);
        await watcher.until(() => texts().includes('6'));
        // The one that is refused is tried once more, after the last one was taken.
        while (queue.depth > 0) await wait(10);
        // Some may come twice: the broker ends the connection before it has acknowledged them.
        assert.deepEqual([...new Set(texts())], ['1', '2', '4', '5', '6']);
        assert.equal(queue.status.drops.refused, 1);
        assert.equal(sender.problems.get('set aside')?.code, 'INK_EVENTS_REFUSED');
        sender.stop();
        await connection.stop();
        await queue.stop();
        await watcher.end();
        await broker.stop();
      });
    });
  }

  for (const [name, reason] of [
    ['its size', 0x95],
    ['its form', 0x99],
  ] as const) {
    it(`field report 3: for ${name} is set aside at once, counted and reported, and the others go on in order`, async () => {
      const { sent, queue, problems } = await refuseThird(reason);
      assert.deepEqual(sent, ['1', '2', '3', '4', '5']);
      assert.deepEqual([queue.depth, queue.status.drops.refused], [0, 1]);
      assert.deepEqual(
        problems.map(({ code }) => code),
        ['INK_EVENTS_REFUSED'],
      );
    });
  }

  for (const reason of [0x80, 0x83, 0x87, 0x90, 0x97]) {
    it(`field report 3: with 0x${reason.toString(16)}, though it takes the next one, is set aside after some trials`, async () => {
      const { sent, queue, problems } = await refuseThird(reason);
      // Three times, then the one behind it, then once more.
      assert.deepEqual(sent, ['1', '2', '3', '3', '3', '4', '3', '5']);
      assert.deepEqual([queue.depth, queue.status.drops.refused], [0, 1]);
      assert.equal(problems.at(-1)?.code, 'INK_EVENTS_REFUSED');
      assert.match(
        problems.at(-1)?.message ?? '',
        /set aside\. The broker .* refused the message to inkcast\/desk\/event/,
      );
    });
  }
});

/** Larger than the messages that the broker accepts, but still fast to send. */
const ACKNOWLEDGE_MS = 300;

describe('a broker that answers, and has ceased to acknowledge', () => {
  /** A connection whose broker has acknowledged one message. */
  async function connectTwice(broker: WithholdingBroker): Promise<MqttConnection> {
    const connection = new MqttConnection({
      settings: { url: `mqtt://127.0.0.1:${await broker.start()}`, version: '5' },
      clientId: 'inkcast-desk',
      retryDelays: { firstMs: 20, maxMs: 50 },
      acknowledgeMs: ACKNOWLEDGE_MS,
    });
    connection.start();
    await once(connection, 'up');
    const first = connection.publish({ topic: 'inkcast/desk/health', payload: '', qos: 1 });
    await broker.received(1);
    broker.acknowledge();
    await first;
    return connection;
  }

  it('field report 3: gets the events in order when it acknowledges again, and is told of until then', () =>
    inTemporaryFolder(async (folder) => {
      const broker = new WithholdingBroker(10);
      const connection = await connectTwice(broker);
      const queue = await openQueue(folder);
      const sender = new EventSender({ connection, queue, topicOf: () => eventTopic, onProblem: unexpected });
      for (const text of ['1', '2', '3']) await queue.put(sampleEvent(text));
      sender.start();
      // More often than what ends a connection with itself is tried before it is set aside.
      for (let ended = 0; ended < 4; ended++) {
        const [reason] = await once(connection, 'down');
        assert.equal(reason.code, 'INK_MQTT_UNACKNOWLEDGED');
        assert.match(reason.message, /has not acknowledged the message to inkcast\/desk\/event/);
        await once(connection, 'up');
        assert.equal(sender.problems.get('unacknowledged')?.code, 'INK_MQTT_UNACKNOWLEDGED');
      }
      assert.deepEqual([queue.depth, queue.status.drops.refused], [3, 0]);
      const before = 5;
      for (let received = before; received < before + 3; received++) {
        await broker.received(received + 1);
        broker.acknowledge();
      }
      const last = connection.publish({ topic: 'inkcast/desk/health', payload: '', qos: 1 });
      await broker.received(before + 4);
      broker.acknowledge();
      await last;
      const sent = broker.payloads.filter((payload) => payload !== '').slice(-3);
      assert.deepEqual(
        sent.map((payload) => eventSchema.parse(JSON.parse(payload)).text),
        ['1', '2', '3'],
      );
      assert.deepEqual([queue.depth, sender.problems.size], [0, 0]);
      sender.stop();
      broker.stop();
      await connection.stop();
      await queue.stop();
    }));

  it('field report 2: is told a state no more that it never acknowledges, and all others arrive', async () => {
    const broker = new WithholdingBroker(10);
    const connection = await connectTwice(broker);
    const problems: InkError[] = [];
    const states = new StatePublisher({ connection, onProblem: (problem) => problems.push(problem) });
    states.start();
    states.publish(readingTopic, 'never', 'text/plain');
    states.publish('inkcast/desk/health', 'fine', 'text/plain');
    connection.once('down', () =>
      connection.once('down', () =>
        connection.once('up', () => states.publish('inkcast/desk/health', 'well', 'text/plain')),
      ),
    );
    for (let received = 1; !broker.payloads.includes('well'); received++) {
      await broker.received(received + 1);
      if (broker.payloads[received] === 'never') broker.ignore();
      else broker.acknowledge();
    }
    const [problem] = problems;
    assert.match(problem.message, /does not take the message to inkcast\/desk\/reading.*never acknowledges it/);
    assert.deepEqual([...states.problems], [[readingTopic, problem]]);
    states.stop();
    broker.stop();
    await connection.stop();
  });

  it('field report 3: is not asked for less than acknowledgements, which it has given before', async () => {
    const broker = new WithholdingBroker(10);
    const connection = await connectTwice(broker);
    await assert.rejects(connection.publish({ topic: eventTopic, payload: '1', qos: 1 }), {
      code: 'INK_MQTT_UNACKNOWLEDGED',
    });
    await once(connection, 'up');
    await assert.rejects(connection.publish({ topic: eventTopic, payload: '2', qos: 1 }), {
      code: 'INK_MQTT_UNACKNOWLEDGED',
    });
    assert.deepEqual(
      broker.headers.map((header) => (header & 0x06) >> 1),
      [1, 1, 1],
    );
    broker.stop();
    await connection.stop();
  });

  it('field report 3: is used without a subscription that it never answers', async () => {
    const broker = new WithholdingBroker(10);
    const connection = await connectTwice(broker);
    connection.subscribe('inkcast/desk/request/+', () => {});
    await once(connection, 'down');
    await once(connection, 'up');
    assert.deepEqual(
      [...connection.problems].map(([part, { code }]) => [part, code]),
      [['inkcast/desk/request/+', 'INK_MQTT_PUBLISH']],
    );
    broker.stop();
    await connection.stop();
  });
});

describe('states', () => {
  before(function () {
    needsProgram(this, 'mosquitto');
  });

  it('are retained, the newest of what was said without a connection, and there again after a broker forgot', () =>
    inTemporaryFolder(async (folder) => {
      const port = await freePort();
      const connection = connectTo(port);
      const states = new StatePublisher({ connection, onProblem: unexpected, expirySeconds: 3600 });
      states.start();
      states.publishJson(readingTopic, sampleReading('1'));
      states.publishJson(readingTopic, sampleReading('2'));
      connection.start();
      const broker = await Mosquitto.start(folder, openListener(port));
      const retained = async () => {
        const watcher = await Watcher.connect(`mqtt://127.0.0.1:${port}`, [readingTopic]);
        const { text, packet } = await watcher.next(readingTopic);
        await watcher.end();
        return { text: readingSchema.parse(JSON.parse(text)).text, packet };
      };
      const { text, packet } = await retained();
      assert.deepEqual([text, packet.retain, packet.properties?.contentType], ['2', true, 'application/json']);
      const expiry = packet.properties?.messageExpiryInterval ?? 0;
      assert.ok(expiry > 3500 && expiry <= 3600);
      await broker.stop('SIGKILL');
      await broker.start();
      assert.equal((await retained()).text, '2');
      states.stop();
      await connection.stop();
      await broker.stop();
    }));
});
