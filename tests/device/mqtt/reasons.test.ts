import assert from 'node:assert/strict';
import { once } from 'node:events';
import { MqttConnection } from '@inkcast/device/mqtt';
import { InkError } from '@inkcast/shared/errors';
import { WithholdingBroker } from '../../support/withholding-broker.js';

// Tables 3-1 and 3-10 of OASIS MQTT 5.0: what a server may answer to CONNECT, and end a connection with.
const REFUSALS = [
  128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 140, 144, 149, 151, 153, 154, 155, 156, 157, 159,
];
const ENDS = [
  0, 128, 129, 130, 131, 135, 137, 139, 141, 142, 143, 144, 147, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158,
  159, 160, 161, 162,
];

/** The words of a reason. */
function wordsOf(error: unknown): string {
  assert.ok(error instanceof InkError);
  const [, words] = /, because (.+)\.$/.exec(error.message) ?? [];
  assert.ok(words !== undefined, error.message);
  assert.doesNotMatch(words, /reason code/);
  return words;
}

async function withBroker(
  work: (broker: WithholdingBroker, connect: () => MqttConnection) => Promise<void>,
  retryDelays = { firstMs: 60_000, maxMs: 60_000 },
) {
  const broker = new WithholdingBroker(10);
  const url = `mqtt://127.0.0.1:${await broker.start()}`;
  await work(
    broker,
    () =>
      new MqttConnection({ settings: { url, version: '5', username: 'desk' }, clientId: 'inkcast-desk', retryDelays }),
  );
  broker.stop();
}

describe("a broker's reasons", () => {
  it('for refusing a connection each have their own message', () =>
    withBroker(async (broker, connect) => {
      const words = new Set<string>();
      for (const reason of REFUSALS) {
        broker.refusal = reason;
        const connection = connect();
        connection.start();
        const [problem] = await once(connection, 'problem');
        words.add(wordsOf(problem));
        await connection.stop();
      }
      assert.equal(words.size, REFUSALS.length);
    }));

  it('for ending a connection each have their own message', () =>
    withBroker(async (broker, connect) => {
      const words = new Set<string>();
      for (const reason of ENDS) {
        const connection = connect();
        connection.start();
        await once(connection, 'up');
        broker.disconnect(reason);
        const [ended] = await once(connection, 'down');
        words.add(wordsOf(ended));
        await connection.stop();
      }
      // 0 and 128 both give no reason.
      assert.equal(words.size, ENDS.length - 1);
    }));

  for (const [name, end] of [
    ['it is shutting down', (broker: WithholdingBroker) => broker.disconnect(139)],
    ['another broker is to be used', (broker: WithholdingBroker) => broker.disconnect(156)],
    ['Packet must not have both QoS bits', (broker: WithholdingBroker) => broker.say([0x36, 4, 0, 1, 0x61, 0])],
  ] as const) {
    it(`field report 2: an end that is explained is not blamed on the client id, however often it comes (${name})`, () =>
      withBroker(
        async (broker, connect) => {
          const connection = connect();
          connection.start();
          for (let ends = 0; ends < 5; ends++) {
            await once(connection, 'up');
            end(broker);
            const [reason] = await once(connection, 'down');
            assert.equal(reason.code, 'INK_MQTT_LOST');
            assert.ok(reason.message.includes(name), reason.message);
          }
          await connection.stop();
        },
        { firstMs: 1, maxMs: 1 },
      ));
  }

  const failures = Array.from({ length: 128 }, (_, index) => 128 + index);

  it('field report 1: whatever code refuses a message, the next one goes on through the same connection', () =>
    withBroker(async (broker, connect) => {
      const connection = connect();
      connection.on('down', (reason) => assert.fail(reason.message));
      connection.start();
      await once(connection, 'up');
      for (const [index, reason] of failures.entries()) {
        const refused = connection.publish({ topic: 'inkcast/desk/event', payload: 'x', qos: 1 });
        await broker.received(2 * index + 1);
        broker.acknowledge(reason);
        await assert.rejects(refused, ({ code }) => /^INK_MQTT_(PUBLISH|FORBIDDEN)$/.test(code));
        const taken = connection.publish({ topic: 'inkcast/desk/event', payload: 'y', qos: 1 });
        await broker.received(2 * index + 2);
        broker.acknowledge();
        await taken;
      }
      connection.removeAllListeners('down');
      await connection.stop();
    }));

  it('field report 1: whatever code refuses a subscription, it is told and the connection goes on', () =>
    withBroker(async (broker, connect) => {
      const connection = connect();
      connection.on('down', (reason) => assert.fail(reason.message));
      connection.start();
      await once(connection, 'up');
      for (const reason of failures) {
        const problem = once(connection, 'problem');
        connection.subscribe(`inkcast/desk/${reason}`, () => {});
        await broker.subscribing();
        broker.grant(reason);
        const [told] = await problem;
        assert.match(told.code, /^INK_MQTT_(PUBLISH|FORBIDDEN)$/);
        assert.match(told.message, new RegExp(`subscription to inkcast/desk/${reason}, because`));
      }
      assert.equal(connection.problems.size, failures.length);
      connection.removeAllListeners('down');
      await connection.stop();
    }));

  for (const [name, bytes] of [
    ['a packet of a reserved type', [0x00, 0]],
    ['a packet that only clients send', [0x82, 5, 0, 1, 0, 0, 0]],
    ['reserved bits that are set', [0x4f, 2, 0, 1]],
    ['a length without an end', [0x40, 0xff, 0xff, 0xff, 0xff]],
    ['a code that neither takes nor refuses', [0x40, 3, 0, 1, 0x11]],
    ['an unknown property', [0x40, 6, 0, 1, 0, 2, 0x7f, 0]],
    ['goodbye', [0xe0, 1, 0x97]],
  ] as const) {
    it(`field report 1: ${name}, from a broker that keeps the socket open, ends the connection at once`, () =>
      withBroker(async (broker, connect) => {
        const connection = connect();
        connection.start();
        await once(connection, 'up');
        const lost = connection.publish({ topic: 'inkcast/desk/event', payload: 'x', qos: 1 });
        const down = once(connection, 'down');
        await broker.received(1);
        broker.say(bytes);
        await assert.rejects(lost, { code: 'INK_MQTT_LOST' });
        await down;
        assert.equal(connection.up, false);
        await connection.stop();
      }));
  }
});
