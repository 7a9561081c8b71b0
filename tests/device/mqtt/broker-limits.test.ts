import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { EventSender, MqttConnection, StatePublisher } from '@inkcast/device/mqtt';
import { EventStore } from '@inkcast/device/storage';
import { freePort, Mosquitto, openListener, sampleEvent, Watcher } from '@inkcast/lab/broker';
import { InkError } from '@inkcast/shared/errors';
import { eventSchema } from '@inkcast/shared/messages';
import { needsProgram } from '../../support/programs.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { WithholdingBroker } from '../../support/withholding-broker.js';

const MAX_IN_FLIGHT = 3;
const connectTo = (port: number) =>
  new MqttConnection({ settings: { url: `mqtt://127.0.0.1:${port}`, version: '5' }, clientId: 'inkcast-desk' });

describe('limits that a broker sets', () => {
  it('on messages on their way (receive maximum) are kept, however many are to be sent', async () => {
    const broker = new WithholdingBroker(MAX_IN_FLIGHT);
    const connection = connectTo(await broker.start());
    connection.start();
    await once(connection, 'up');
    const sent = Array.from({ length: 20 }, (_, index) =>
      connection.publish({ topic: 'inkcast/desk/event', payload: String(index), qos: 1 }),
    );
    let most = 0;
    for (let received = MAX_IN_FLIGHT; received <= sent.length; received++) {
      await broker.received(received);
      most = Math.max(most, broker.onTheirWay);
      broker.acknowledge();
    }
    while (broker.onTheirWay > 0) broker.acknowledge();
    await Promise.all(sent);
    assert.equal(most, MAX_IN_FLIGHT);
    broker.stop();
    await connection.stop();
  });

  it('field report 11: of 0, which the protocol forbids, do not stop everything in silence', async () => {
    const broker = new WithholdingBroker(0);
    const connection = connectTo(await broker.start());
    connection.start();
    await once(connection, 'up');
    const sent = connection.publish({ topic: 'inkcast/desk/event', payload: 'x', qos: 1 });
    await broker.received(1);
    broker.acknowledge();
    await sent;
    broker.stop();
    await connection.stop();
  });

  describe('as mosquitto has them', () => {
    before(function () {
      needsProgram(this, 'mosquitto');
    });

    it('let a backlog of events through, in order and without an end of the connection', () =>
      inTemporaryFolder(async (folder) => {
        const port = await freePort();
        const broker = await Mosquitto.start(folder, [...openListener(port), `max_inflight_messages ${MAX_IN_FLIGHT}`]);
        const connection = connectTo(port);
        connection.on('down', (reason) => assert.fail(reason.message));
        const queue = new EventStore({
          folder: join(folder, 'store'),
          queue: { maxBytes: 10_000_000, maxAgeDays: 10_000 },
          history: { maxAgeDays: 10_000, maxRows: 10_000 },
          report: (problem) => assert.fail(problem.message),
        });
        await queue.start();
        const events = Array.from({ length: 200 }, (_, index) => sampleEvent(String(index)));
        await Promise.all(events.map((event) => queue.put(event)));
        const watcher = await Watcher.connect(`mqtt://127.0.0.1:${port}`, ['inkcast/desk/event']);
        const sender = new EventSender({
          connection,
          queue,
          topicOf: () => 'inkcast/desk/event',
          onProblem: (problem) => assert.fail(problem.message),
        });
        sender.start();
        connection.start();
        await watcher.until((seen) => seen.length >= events.length);
        assert.deepEqual(
          watcher.seen.map(({ text }) => eventSchema.parse(JSON.parse(text)).id),
          events.map(({ id }) => id),
        );
        sender.stop();
        connection.removeAllListeners('down');
        await connection.stop();
        await queue.stop();
        await watcher.end();
        await broker.stop();
      }));

    it('on the size of a packet are told, and what is smaller goes on through the same connection', () =>
      inTemporaryFolder(async (folder) => {
        const port = await freePort();
        const broker = await Mosquitto.start(folder, [...openListener(port), 'max_packet_size 5000']);
        const connection = connectTo(port);
        connection.on('down', (reason) => assert.fail(reason.message));
        const problem = new Promise<InkError>((onProblem) => {
          const states = new StatePublisher({ connection, onProblem });
          states.start();
          states.publish('inkcast/desk/image', Buffer.alloc(6000), 'image/jpeg');
          states.publishJson('inkcast/desk/reading', { text: '407' });
          connection.once('up', () => states.stop());
        });
        const watcher = await Watcher.connect(`mqtt://127.0.0.1:${port}`, ['inkcast/desk/#']);
        connection.start();
        const told = await problem;
        assert.ok(told instanceof InkError && told.code === 'INK_MQTT_PUBLISH');
        assert.match(told.message, /inkcast\/desk\/image was not sent: it has \d+ bytes, and the broker takes 5000/);
        assert.equal((await watcher.next('inkcast/desk/reading')).text, '{"text":"407"}');
        await assert.rejects(connection.publish({ topic: 'a', payload: 'x'.repeat(5000), qos: 1 }), {
          code: 'INK_MQTT_PUBLISH',
        });
        assert.equal(connection.up, true);
        connection.removeAllListeners('down');
        await connection.stop();
        await watcher.end();
        await broker.stop();
      }));

    it('field report 2: on the size of a packet are used to the last byte, and told in true sizes', () =>
      inTemporaryFolder(async (folder) => {
        const port = await freePort();
        const broker = await Mosquitto.start(folder, [...openListener(port), 'max_packet_size 200']);
        const connection = connectTo(port);
        connection.start();
        await once(connection, 'up');
        const publish = (bytes: number) =>
          connection.publish({ topic: 'inkcast/desk/image', payload: Buffer.alloc(bytes), qos: 1, contentType: 'a/b' });
        // Header, topic, identifier, and the properties for form and kind of content.
        const overhead = 3 + 20 + 2 + 1 + 2 + 6;
        await publish(200 - overhead);
        await assert.rejects(publish(201 - overhead), /it has 201 bytes, and the broker takes 200\./);
        assert.ok(connection.up);
        await connection.stop();
        await broker.stop();
      }));

    /** States at a broker that ends the connection of who sends more than 15,000 bytes. */
    const withStates = (
      work: (given: {
        states: StatePublisher;
        connection: MqttConnection;
        broker: Mosquitto;
        watcher: Watcher;
      }) => Promise<void>,
      qos: 0 | 1 = 1,
    ) =>
      inTemporaryFolder(async (folder) => {
        const port = await freePort();
        const broker = await Mosquitto.start(folder, [...openListener(port), 'max_packet_size 15000']);
        const connection = new MqttConnection({
          settings: { url: `mqtt://127.0.0.1:${port}`, version: '3.1.1', qos },
          clientId: 'inkcast-desk',
          availabilityTopic: 'inkcast/desk/availability',
          retryDelays: { firstMs: 20, maxMs: 50 },
        });
        const states = new StatePublisher({ connection, onProblem: () => {} });
        const watcher = await Watcher.connect(`mqtt://127.0.0.1:${port}`, ['inkcast/desk/#']);
        states.start();
        await work({ states, connection, broker, watcher });
        states.stop();
        await connection.stop();
        await watcher.end();
        await broker.stop();
      });
    const connectionsOf = ({ log }: Mosquitto) => log.match(/New client connected from \S+ as inkcast-desk /g)?.length;
    const until = async (states: StatePublisher, count: number, connection: MqttConnection) => {
      while (states.problems.size !== count || !connection.up) await once(connection, 'up');
    };
    const large = Buffer.alloc(20_000, 1);
    const image = 'inkcast/desk/image';

    for (const qos of [1, 0] as const) {
      it(`field report 2: a retained message that ends the connection is set aside, and all others arrive (QoS ${qos})`, () =>
        withStates(async ({ states, connection, broker, watcher }) => {
          states.publish(image, large, 'image/jpeg');
          for (let index = 0; index < 20; index++) states.publishJson(`inkcast/desk/state-${index}`, { index });
          connection.start();
          await until(states, 1, connection);
          await watcher.until((seen) => new Set(seen.map(({ topic }) => topic)).size >= 21);
          assert.match(states.problems.get(image)?.message ?? '', /inkcast\/desk\/image \(20000 bytes\)/);
          assert.equal(states.problems.get(image)?.code, 'INK_MQTT_PUBLISH');
          // One that ends on many, and two that end on it alone.
          assert.equal(connectionsOf(broker), 4);
          assert.equal(connection.problem, undefined);
        }, qos));
    }

    it('field report 2: what was set aside is not sent again until it has changed', () =>
      withStates(async ({ states, connection, broker, watcher }) => {
        states.publish(image, large, 'image/jpeg');
        connection.start();
        await until(states, 1, connection);
        states.republish();
        states.publish(image, large, 'image/jpeg');
        states.publishJson('inkcast/desk/reading', { text: '407' });
        await watcher.next('inkcast/desk/reading');
        assert.equal(connectionsOf(broker), 3);
        states.publish(image, 'small', 'image/jpeg');
        assert.equal((await watcher.next(image)).text, 'small');
        // Its acknowledgement comes after that of the picture.
        await connection.publish({ topic: 'inkcast/desk/event', payload: '', qos: 1 });
        assert.deepEqual([...states.problems], []);
        assert.equal(connectionsOf(broker), 3);
      }));

    it('field report 2: what changes all the time and stays too large costs a connection no more', () =>
      withStates(async ({ states, connection, broker, watcher }) => {
        states.publish(image, large, 'image/jpeg');
        connection.start();
        await until(states, 1, connection);
        for (let index = 0; index < 10; index++) {
          states.publish(image, Buffer.alloc(20_000 + index, index), 'image/jpeg');
          states.publishJson('inkcast/desk/reading', { index });
          await watcher.until((seen) => seen.filter(({ topic }) => topic.endsWith('reading')).length > index);
        }
        assert.equal(connectionsOf(broker), 3);
      }));

    for (const qos of [1, 0] as const) {
      it(`field report 2: the end of a connection is blamed on the message, not on the client id (QoS ${qos})`, () =>
        withStates(async ({ states, connection }) => {
          const reasons: InkError[] = [];
          connection.on('down', (reason) => reasons.push(reason));
          for (let index = 0; index < 4; index++) states.publish(`${image}-${index}`, large, 'image/jpeg');
          connection.start();
          await until(states, 4, connection);
          assert.ok(reasons.length >= 8);
          for (const { code, message } of reasons) {
            assert.equal(code, 'INK_MQTT_LOST');
            assert.match(message, /the message to inkcast\/desk\//);
          }
        }, qos));
    }
  });
});
