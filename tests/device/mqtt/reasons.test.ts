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
  128, 129, 130, 131, 135, 137, 139, 141, 142, 143, 144, 147, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158,
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

async function withBroker(work: (broker: WithholdingBroker, connect: () => MqttConnection) => Promise<void>) {
  const broker = new WithholdingBroker(10);
  const url = `mqtt://127.0.0.1:${await broker.start()}`;
  const backOff = { firstMs: 60_000, mostMs: 60_000 };
  await work(
    broker,
    () => new MqttConnection({ settings: { url, version: '5', username: 'desk' }, clientId: 'inkcast-desk', backOff }),
  );
  broker.stop();
}

describe("a broker's reasons", () => {
  it('to refuse a connection are each told in words of their own', () =>
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

  it('to end a connection are each told in words of their own', () =>
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
      assert.equal(words.size, ENDS.length);
    }));
});
