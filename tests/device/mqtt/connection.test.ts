import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { MqttConnection } from '@inkcast/device/mqtt';
import { CuttableWay, freePort, Mosquitto, openListener, Watcher } from '@inkcast/lab/broker';
import { InkError } from '@inkcast/shared/errors';
import { needsProgram } from '../../support/programs.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

const availabilityTopic = 'inkcast/desk/availability';
const retryDelays = { firstMs: 20, maxMs: 100 };

describe('the connection to a broker', () => {
  before(function () {
    needsProgram(this, 'mosquitto');
  });

  for (const version of ['5', '3.1.1'] as const) {
    const connectTo = (port: number, clientId = 'inkcast-desk') =>
      new MqttConnection({
        settings: { url: `mqtt://127.0.0.1:${port}`, version },
        clientId,
        availabilityTopic,
        retryDelays,
      });

    it(`waits for a broker that comes later, and says online and offline (MQTT ${version})`, () =>
      inTemporaryFolder(async (folder) => {
        const port = await freePort();
        const connection = connectTo(port);
        connection.start();
        const [problem] = await once(connection, 'problem');
        assert.ok(problem instanceof InkError);
        assert.equal(problem.code, 'INK_MQTT_CONNECT');
        assert.match(problem.message, /nothing listens there/);
        const broker = await Mosquitto.start(folder, openListener(port));
        if (!connection.up) await once(connection, 'up');
        assert.equal(connection.problem, undefined);
        const watcher = await Watcher.connect(`mqtt://127.0.0.1:${port}`, [availabilityTopic]);
        assert.deepEqual(await watcher.next(availabilityTopic).then(({ text }) => text), 'online');
        assert.equal(watcher.seen[0].packet.retain, true);
        await connection.stop();
        assert.equal((await watcher.next(availabilityTopic, 1)).text, 'offline');
        assert.equal(connection.up, false);
        await watcher.end();
        await broker.stop();
      }));

    it(`comes back after the broker was killed, with its subscriptions (MQTT ${version})`, () =>
      inTemporaryFolder(async (folder) => {
        const port = await freePort();
        const broker = await Mosquitto.start(folder, openListener(port));
        const connection = connectTo(port);
        const received: string[] = [];
        connection.subscribe('inkcast/desk/request/+', ({ topic }) => {
          received.push(topic);
          connection.emit('up');
        });
        connection.start();
        await once(connection, 'up');
        const down = once(connection, 'down');
        await broker.stop('SIGKILL');
        const [reason] = await down;
        assert.ok(reason instanceof InkError);
        assert.equal(reason.code, 'INK_MQTT_LOST');
        await assert.rejects(connection.publish({ topic: 'a', payload: '', qos: 1 }), { code: 'INK_MQTT_LOST' });
        await broker.start();
        await once(connection, 'up');
        const watcher = await Watcher.connect(`mqtt://127.0.0.1:${port}`, []);
        const answered = once(connection, 'up');
        await watcher.client.publishAsync('inkcast/desk/request/info', '{}', { qos: 1 });
        await answered;
        assert.deepEqual(received, ['inkcast/desk/request/info']);
        await watcher.end();
        await connection.stop();
        await broker.stop();
      }));

    it(`explains that another client has its id (MQTT ${version})`, () =>
      inTemporaryFolder(async (folder) => {
        const port = await freePort();
        const broker = await Mosquitto.start(folder, openListener(port));
        const first = connectTo(port);
        first.start();
        await once(first, 'up');
        const clash = new Promise<InkError>((resolve) => {
          first.on('down', (reason) => reason.code === 'INK_MQTT_CLIENT_ID' && resolve(reason));
        });
        const second = connectTo(port);
        second.start();
        assert.match((await clash).message, /inkcast-desk/);
        await Promise.all([first.stop(), second.stop()]);
        await broker.stop();
      }));
  }

  it('is given what was sent to it while the network was cut, and not what came after its session had expired', () =>
    inTemporaryFolder(async (folder) => {
      const port = await freePort();
      const broker = await Mosquitto.start(folder, openListener(port));
      const way = new CuttableWay(port);
      const url = `mqtt://127.0.0.1:${await way.start()}`;
      const sender = await Watcher.connect(`mqtt://127.0.0.1:${port}`, [availabilityTopic]);
      const request = (id: string, body: string) =>
        sender.client.publishAsync(`inkcast/${id}/request/info`, body, { qos: 1 });
      for (const [id, sessionExpirySeconds, expected] of [
        ['kept', 300, ['while away', 'after']],
        ['expired', 0, ['after']],
      ] as const) {
        const connection = new MqttConnection({
          settings: { url, version: '5', sessionExpirySeconds },
          clientId: id,
          availabilityTopic,
          retryDelays,
        });
        const received: string[] = [];
        const arrived = new EventEmitter();
        connection.subscribe(`inkcast/${id}/request/+`, ({ payload }) => {
          received.push(payload.toString('utf8'));
          arrived.emit('message');
        });
        const until = async (text: string) => {
          while (!received.includes(text)) await once(arrived, 'message');
        };
        connection.start();
        await once(connection, 'up');
        const from = sender.seen.length;
        const down = once(connection, 'down');
        way.cut();
        await down;
        assert.equal((await sender.next(availabilityTopic, from)).text, 'offline');
        await request(id, 'while away');
        way.mend();
        await once(connection, 'up');
        await request(id, 'after');
        await until('after');
        assert.deepEqual(received, expected);
        await connection.stop();
      }
      way.stop();
      await sender.end();
      await broker.stop();
    }));

  it('leaves offline at the broker when its process dies', () =>
    inTemporaryFolder(async (folder) => {
      const port = await freePort();
      const broker = await Mosquitto.start(folder, openListener(port));
      const url = `mqtt://127.0.0.1:${port}`;
      const watcher = await Watcher.connect(url, [availabilityTopic]);
      const device = await Watcher.connect(url, []);
      const connection = new MqttConnection({
        settings: { url, version: '5' },
        clientId: 'inkcast-desk',
        availabilityTopic,
        retryDelays: { firstMs: 60_000, maxMs: 60_000 },
      });
      connection.start();
      await watcher.next(availabilityTopic);
      // Another client with its id throws it out, without a word from it.
      const usurper = await Watcher.connect(url, [], { clientId: 'inkcast-desk' });
      assert.equal((await watcher.next(availabilityTopic, 1)).text, 'offline');
      await Promise.all([watcher, device, usurper].map((one) => one.end()));
      await connection.stop();
      await broker.stop();
    }));

  for (const [version, granted] of [
    ['5', 1],
    ['3.1.1', 0],
  ] as const) {
    it(`asks for requests to be kept only where its session outlives the connection (MQTT ${version})`, () =>
      inTemporaryFolder(async (folder) => {
        const port = await freePort();
        const broker = await Mosquitto.start(folder, openListener(port));
        const connection = new MqttConnection({
          settings: { url: `mqtt://127.0.0.1:${port}`, version },
          clientId: 'inkcast-desk',
        });
        connection.subscribe('inkcast/desk/request/+', () => {});
        connection.start();
        await once(connection, 'up');
        await connection.stop();
        await broker.stop();
        assert.match(broker.log, new RegExp(`request/\\+ \\(QoS ${granted}\\)`));
      }));
  }

  it('stops at once without a broker, and refuses an invalid address', async () => {
    const connection = new MqttConnection({
      settings: { url: `mqtt://127.0.0.1:${await freePort()}`, version: '5' },
      clientId: 'inkcast-desk',
      retryDelays: { firstMs: 60_000, maxMs: 60_000 },
    });
    connection.start();
    await once(connection, 'problem');
    await connection.stop();
    const wrong = new MqttConnection({ settings: { url: 'http://user:geheim@host', version: '5' }, clientId: 'a' });
    assert.throws(
      () => wrong.start(),
      (error) => error instanceof InkError && error.code === 'INK_CONFIG_INVALID' && !String(error).includes('geheim'),
    );
  });
});
