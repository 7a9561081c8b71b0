import assert from 'node:assert/strict';
import { EventSender, MqttConnection } from '@inkcast/device/mqtt';
import { sampleEvent } from '@inkcast/lab/broker';
import type { InkError } from '@inkcast/shared/errors';
import { eventSchema } from '@inkcast/shared/messages';
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
});
