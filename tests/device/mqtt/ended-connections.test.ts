import assert from 'node:assert/strict';
import { once } from 'node:events';
import { EventSender, MqttConnection } from '@inkcast/device/mqtt';
import { freePort, Mosquitto, openListener, sampleEvent, Watcher } from '@inkcast/lab/broker';
import type { InkError } from '@inkcast/shared/errors';
import { eventSchema } from '@inkcast/shared/messages';
import { needsProgram } from '../../support/programs.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { WithholdingBroker } from '../../support/withholding-broker.js';
import { openQueue } from './support/open-queue.js';

const eventTopic = 'inkcast/desk/event';
const ALWAYS = Number.POSITIVE_INFINITY;

interface Outcome {
  /** The texts of the events that the broker has acknowledged, in their order. */
  readonly taken: readonly string[];
  readonly setAside: number;
  readonly codes: readonly string[];
}

/**
 * Reports events with the texts 1, 2, ... to a broker that drops the connection instead of acknowledging one.
 *
 * @param drops how often it does so for each text; 0 by default
 */
async function report(count: number, drops: Readonly<Record<string, number>>): Promise<Outcome> {
  return inTemporaryFolder(async (folder) => {
    const broker = new WithholdingBroker(1);
    const connection = new MqttConnection({
      settings: { url: `mqtt://127.0.0.1:${await broker.start()}`, version: '5' },
      clientId: 'inkcast-desk',
      retryDelays: { firstMs: 5, maxMs: 10 },
    });
    const queue = await openQueue(folder);
    const codes: string[] = [];
    const onProblem = ({ code }: InkError) => codes.push(code);
    const timing = { window: 1, retryMs: 2 };
    const sender = new EventSender({ connection, queue, topicOf: () => eventTopic, onProblem, ...timing });
    try {
      for (let text = 1; text <= count; text++) await queue.put(sampleEvent(`${text}`));
      sender.start();
      connection.start();
      const left = new Map(Object.entries(drops));
      const taken: string[] = [];
      const expected = count - [...left.values()].filter((times) => times === ALWAYS).length;
      for (let received = 0; taken.length < expected; received++) {
        await broker.received(received + 1);
        const { text } = eventSchema.parse(JSON.parse(broker.payloads[received]));
        const times = left.get(text) ?? 0;
        left.set(text, times - 1);
        if (times > 0) broker.drop();
        else {
          broker.acknowledge();
          taken.push(text);
        }
      }
      return { taken, setAside: queue.status.drops.refused, codes };
    } finally {
      sender.stop();
      broker.stop();
      await connection.stop();
      await queue.stop();
    }
  });
}

describe('connections that end with an event on the way', () => {
  it('cost no event if they end on all of them for a while, as at an overloaded broker', async () => {
    const { taken, setAside, codes } = await report(4, { 1: 9, 2: 5, 3: 1 });
    assert.deepEqual(taken.toSorted(), ['1', '2', '3', '4']);
    assert.equal(setAside, 0);
    assert.ok(!codes.includes('INK_EVENTS_REFUSED'));
  });

  it('cost no event if they end on one while the broker takes others, and then on it no more', async () => {
    // Three times, and twice right after another event.
    const { taken, setAside, codes } = await report(5, { 1: 5 });
    assert.deepEqual(taken, ['2', '3', '4', '1', '5']);
    assert.equal(setAside, 0);
    assert.deepEqual(codes, ['INK_MQTT_PUBLISH']);
  });

  it('cost the only event nothing, however many there are', async () => {
    assert.deepEqual(await report(1, { 1: 10 }), { taken: ['1'], setAside: 0, codes: ['INK_MQTT_PUBLISH'] });
  });

  it('always on the same two events, one behind the other, cost these two alone', async () => {
    const { taken, setAside, codes } = await report(9, { 2: ALWAYS, 3: ALWAYS });
    assert.deepEqual(taken, ['1', '4', '5', '6', '7', '8', '9']);
    // The second one is tried once more after the last event.
    assert.equal(setAside, 1);
    assert.deepEqual(codes, ['INK_MQTT_PUBLISH', 'INK_EVENTS_REFUSED', 'INK_MQTT_PUBLISH']);
  });

  for (const version of ['5', '3.1.1'] as const) {
    it(`because the broker hangs cost no event (MQTT ${version})`, async function () {
      needsProgram(this, 'mosquitto');
      await inTemporaryFolder(async (folder) => {
        const port = await freePort();
        const url = `mqtt://127.0.0.1:${port}`;
        const broker = await Mosquitto.start(folder, openListener(port));
        const watcher = await Watcher.connect(url, [eventTopic]);
        const connection = new MqttConnection({
          settings: { url, version, keepaliveSeconds: 1 },
          clientId: 'inkcast-desk',
          retryDelays: { firstMs: 20, maxMs: 50 },
        });
        const queue = await openQueue(folder);
        const onProblem = ({ message }: InkError) => assert.fail(message);
        const sender = new EventSender({ connection, queue, topicOf: () => eventTopic, onProblem });
        sender.start();
        connection.start();
        await once(connection, 'up');
        broker.signal('SIGSTOP');
        const event = sampleEvent('407');
        await sender.report(event);
        const [{ code }] = await once(connection, 'down');
        broker.signal('SIGCONT');
        assert.equal(code, 'INK_MQTT_LOST');
        assert.equal(eventSchema.parse(JSON.parse((await watcher.next(eventTopic)).text)).id, event.id);
        assert.equal(queue.status.drops.refused, 0);
        sender.stop();
        await connection.stop();
        await queue.stop();
        await watcher.end();
        await broker.stop();
      });
    });
  }
});

describe('connections that end with a subscription on the way', () => {
  it('cost the device its requests for a while only, as at an overloaded broker', async () => {
    const broker = new WithholdingBroker(10);
    const connection = new MqttConnection({
      settings: { url: `mqtt://127.0.0.1:${await broker.start()}`, version: '5' },
      clientId: 'inkcast-desk',
      retryDelays: { firstMs: 5, maxMs: 10 },
      refusedDelays: { firstMs: 20, maxMs: 20 },
    });
    const filter = 'inkcast/desk/request/+';
    const problem = once(connection, 'problem');
    connection.subscribe(filter, () => {});
    connection.start();
    for (let ended = 0; ended < 2; ended++) {
      await broker.subscribing();
      broker.drop();
    }
    const [{ code }] = await problem;
    assert.equal(code, 'INK_MQTT_PUBLISH');
    await broker.subscribing();
    // A refusal by an answer ends no connection.
    broker.grant(0x80);
    await broker.subscribing();
    broker.grant();
    for (let received = 1; connection.problems.size > 0; received++) {
      const sent = connection.publish({ topic: eventTopic, payload: '', qos: 1 });
      await broker.received(received);
      broker.acknowledge();
      await sent;
    }
    broker.stop();
    await connection.stop();
  });
});
