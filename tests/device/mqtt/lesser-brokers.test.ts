import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { type BrokerSettings, EventSender, MqttConnection, StatePublisher } from '@inkcast/device/mqtt';
import {
  CuttableWay,
  freePort,
  Mosquitto,
  openListener,
  sampleEvent,
  sampleReading,
  Watcher,
} from '@inkcast/lab/broker';
import { listenLocally } from '../../support/listen-locally.js';
import { OldBroker } from '../../support/old-broker.js';
import { needsProgram } from '../../support/programs.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { WithholdingBroker } from '../../support/withholding-broker.js';
import { openQueue } from './support/open-queue.js';

const availabilityTopic = 'inkcast/desk/availability';
const readingTopic = 'inkcast/desk/reading';
const eventTopic = 'inkcast/desk/event';
const retryDelays = { firstMs: 20, maxMs: 100 };

function connectTo(port: number, settings: Partial<BrokerSettings> = {}): MqttConnection {
  return new MqttConnection({
    settings: { url: `mqtt://127.0.0.1:${port}`, version: '5', ...settings },
    clientId: 'inkcast-desk',
    availabilityTopic,
    retryDelays,
  });
}

const codesOf = (connection: MqttConnection) => [...connection.problems.values()].map(({ code }) => code);

async function comesUp(connection: MqttConnection): Promise<void> {
  connection.start();
  await once(connection, 'up');
}

/** That states, events and requests pass through a connection that is up. */
async function passesAll(connection: MqttConnection, url: string, folder: string): Promise<void> {
  const fails = (problem: Error) => assert.fail(problem.message);
  const watcher = await Watcher.connect(url, ['inkcast/desk/#'], { protocolVersion: 4 });
  const queue = await openQueue(folder);
  const states = new StatePublisher({ connection, onProblem: fails });
  const events = new EventSender({ connection, queue, topicOf: () => eventTopic, onProblem: fails });
  const request = new Promise<string>((resolve) => {
    connection.subscribe('inkcast/desk/request/+', ({ topic }) => resolve(topic));
  });
  connection.on('down', fails);
  states.start();
  events.start();
  states.publishJson(readingTopic, sampleReading('407'));
  for (const text of ['1', '2', '3']) await events.report(sampleEvent(text));
  await watcher.until((seen) => seen.filter(({ topic }) => topic === eventTopic).length === 3);
  await watcher.next(readingTopic);
  while (queue.depth > 0) await connection.publish({ topic: 'inkcast/desk/more', payload: '', qos: 1 });
  await watcher.client.publishAsync('inkcast/desk/request/info', '{}', { qos: 0 });
  assert.equal(await request, 'inkcast/desk/request/info');
  connection.off('down', fails);
  events.stop();
  states.stop();
  await connection.stop();
  assert.equal((await watcher.until((seen) => seen.at(-1)?.topic === availabilityTopic)).at(-1)?.text, 'offline');
  await queue.stop();
  await watcher.end();
}

describe('a broker of MQTT 3.1.1 alone', () => {
  for (const manner of ['refuses', 'closes', 'resets', 'answers'] as const) {
    it(`field report 11: is used with that, and health says what to set, where it ${manner} MQTT 5`, () =>
      inTemporaryFolder(async (folder) => {
        const broker = new OldBroker(manner);
        const port = await broker.start();
        const connection = connectTo(port);
        const told = once(connection, 'concession');
        await comesUp(connection);
        assert.deepEqual(codesOf(connection), ['INK_MQTT_VERSION']);
        const [problem] = await told;
        assert.match(problem.message, /does not speak MQTT 5, and MQTT 3\.1\.1 is used; set mqtt\.version: "3\.1\.1"/);
        assert.equal(connection.problem, undefined);
        await passesAll(connection, `mqtt://127.0.0.1:${port}`, folder);
        await broker.stop();
      }));

    it(`is no problem where it is asked for, also where it ${manner} MQTT 5`, async () => {
      const broker = new OldBroker(manner);
      const connection = connectTo(await broker.start(), { version: '3.1.1' });
      await comesUp(connection);
      assert.deepEqual(codesOf(connection), []);
      assert.deepEqual(broker.levels, [4]);
      await connection.stop();
      await broker.stop();
    });
  }

  it('field report 11: is asked for MQTT 5 again with each connection, since it may be another one by then', async function () {
    needsProgram(this, 'mosquitto');
    await inTemporaryFolder(async (folder) => {
      const old = new OldBroker('closes');
      const way = new CuttableWay(await old.start());
      const connection = connectTo(await way.start());
      await comesUp(connection);
      for (const levels of [
        [5, 4, 5, 4],
        [5, 4],
      ]) {
        assert.deepEqual(old.levels.splice(0), levels);
        // Otherwise the broker would seem to close the connection because of an unacknowledged message.
        await connection.publish({ topic: eventTopic, payload: '', qos: 1 });
        way.cut();
        way.mend();
        await once(connection, 'up');
      }
      const port = await freePort();
      const broker = await Mosquitto.start(folder, openListener(port));
      way.leadTo(port);
      way.cut();
      way.mend();
      await once(connection, 'up');
      assert.deepEqual(codesOf(connection), []);
      await connection.stop();
      way.stop();
      await old.stop();
      await broker.stop();
    });
  });

  it('is not taken for one where the broker was just starting, and closed a connection', async function () {
    needsProgram(this, 'mosquitto');
    await inTemporaryFolder(async (folder) => {
      const port = await freePort();
      const broker = await Mosquitto.start(folder, openListener(port));
      const way = new CuttableWay(port);
      let closed = 0;
      const door = createServer((socket) => {
        socket.on('error', () => {});
        if (closed++ === 0) socket.once('data', () => socket.destroy());
        else way.join(socket);
      });
      const connection = connectTo(await listenLocally(door));
      await comesUp(connection);
      assert.deepEqual(codesOf(connection), []);
      await connection.stop();
      door.close();
      way.stop();
      await broker.stop();
    });
  });
});

describe('an overloaded broker, which closes some connections without an answer,', () => {
  /** Connects with MQTT 3.1.1. @param takes which of the next connections the broker takes; all after them */
  async function through(takes: boolean[], work: (connection: MqttConnection, way: CuttableWay) => Promise<void>) {
    const broker = new OldBroker('closes');
    const way = new CuttableWay(await broker.start());
    const door = createServer((socket) => {
      socket.on('error', () => {});
      if (takes.shift() === false) socket.once('data', () => socket.destroy());
      else way.join(socket);
    });
    const connection = connectTo(await listenLocally(door), { version: '3.1.1' });
    await comesUp(connection);
    await work(connection, way);
    assert.deepEqual(codesOf(connection), []);
    await connection.stop();
    door.close();
    way.stop();
    await broker.stop();
  }

  it('is asked for less only if nothing else is answered several times', async () => {
    const takes = [false, true, false, true, true];
    await through(takes, async () => assert.deepEqual(takes, []));
  });

  it('is not asked for less than it has accepted before', async () => {
    const takes = [true];
    await through(takes, async (connection, way) => {
      // Otherwise the broker would seem to close the connection because of an unacknowledged message.
      await connection.publish({ topic: eventTopic, payload: '', qos: 1 });
      takes.push(false, true, false, true);
      way.cut();
      way.mend();
      await once(connection, 'up');
      assert.equal(takes.length, 2);
    });
  });
});

describe('a broker that does not offer everything', () => {
  before(function () {
    needsProgram(this, 'mosquitto');
  });

  const limits: readonly (readonly [
    string,
    readonly string[],
    Partial<BrokerSettings>,
    readonly [string, RegExp][],
  ])[] = [
    [
      'retained messages',
      ['retain_available false'],
      { retain: false },
      [['INK_MQTT_NO_RETAIN', /keeps no retained messages.*set mqtt\.retain: false/]],
    ],
    [
      'quality of service 1',
      ['max_qos 0'],
      { qos: 0 },
      [['INK_MQTT_NO_QOS', /does not offer quality of service 1.*set mqtt\.qos: 0/]],
    ],
    [
      'either of both',
      ['retain_available false', 'max_qos 0'],
      { retain: false, qos: 0 },
      [
        ['INK_MQTT_NO_RETAIN', /retained/],
        ['INK_MQTT_NO_QOS', /quality/],
      ],
    ],
  ];
  for (const [what, lines, settings, problems] of limits) {
    for (const version of ['5', '3.1.1'] as const) {
      it(`field report 11: is used without ${what}, and health says so (MQTT ${version})`, () =>
        inTemporaryFolder(async (folder) => {
          const port = await freePort();
          const broker = await Mosquitto.start(folder, [...openListener(port), ...lines]);
          const connection = connectTo(port, { version });
          await comesUp(connection);
          assert.deepEqual(
            codesOf(connection),
            problems.map(([code]) => code),
          );
          for (const [index, problem] of [...connection.problems.values()].entries()) {
            assert.match(problem.message, problems[index][1]);
          }
          await passesAll(connection, `mqtt://127.0.0.1:${port}`, folder);
          const content = connectTo(port, { version, ...settings });
          await comesUp(content);
          assert.deepEqual(codesOf(content), []);
          await content.stop();
          await broker.stop();
        }));
    }
  }

  const RETAIN = 0x01;
  const QOS = 0x06;

  it('field report 11: is sent nothing to retain after it has ended a connection for that', async () => {
    const broker = new WithholdingBroker(10);
    const connection = connectTo(await broker.start());
    await comesUp(connection);
    await broker.received(1);
    broker.disconnect(154);
    await once(connection, 'up');
    await broker.received(2);
    assert.deepEqual(
      broker.headers.map((header) => header & RETAIN),
      [RETAIN, 0],
    );
    assert.deepEqual(codesOf(connection), ['INK_MQTT_NO_RETAIN']);
    broker.stop();
    await connection.stop();
  });

  it('field report 11: is used without acknowledgements where it gives none', async () => {
    const broker = new WithholdingBroker(10);
    const connection = new MqttConnection({
      settings: { url: `mqtt://127.0.0.1:${await broker.start()}`, version: '5' },
      clientId: 'inkcast-desk',
      availabilityTopic,
      retryDelays,
      acknowledgeMs: 50,
    });
    connection.start();
    const [reason] = await once(connection, 'down');
    assert.match(reason.message, /has acknowledged none of our messages/);
    await once(connection, 'up');
    await connection.publish({ topic: eventTopic, payload: 'x', qos: 1 });
    await broker.received(3);
    assert.deepEqual(
      broker.headers.map((header) => (header & QOS) >> 1),
      [1, 0, 0],
    );
    assert.deepEqual(codesOf(connection), ['INK_MQTT_NO_QOS']);
    broker.stop();
    await connection.stop();
  });
});
