import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MqttConnection } from '@inkcast/device/mqtt';
import { RequestServer, requestHandlers } from '@inkcast/device/requests';
import { freePort, Mosquitto, openListener, type Seen, Watcher } from '@inkcast/lab/broker';
import type { InkError } from '@inkcast/shared/errors';
import { deviceTopics, responseSchemas, type Verb } from '@inkcast/shared/messages';
import type { IClientPublishOptions } from 'mqtt';
import { create } from 'tar';
import { needsProgram } from '../../support/programs.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { StillDevice } from './still-device.js';

const topics = deviceTopics('inkcast', 'desk');
const models = fileURLToPath(new URL('../../../models/', import.meta.url));

interface Circumstances {
  readonly rate?: { readonly burst: number; readonly perSecond: number };
  /** Lines of mosquitto.conf. */
  readonly limits?: readonly string[];
  readonly onProblem?: (problem: InkError) => void;
}

interface Bench {
  readonly device: StillDevice;
  readonly server: RequestServer;
  /** Sends a request, and resolves with what came to its response topic, checked against its schema. */
  ask<V extends Verb>(verb: V, payload: unknown, options?: IClientPublishOptions): Promise<Seen>;
  readonly watcher: Watcher;
}

const settings = (port: number) => ({ url: `mqtt://127.0.0.1:${port}`, version: '5' as const });

/** Runs `work` with a server of requests behind a real broker. */
function served(
  work: (bench: Bench) => Promise<void>,
  {
    rate = { burst: 100, perSecond: 100 },
    limits = [],
    onProblem = (problem) => assert.fail(problem.message),
  }: Circumstances = {},
): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const port = await freePort();
    const broker = await Mosquitto.start(folder, [...openListener(port), ...limits]);
    const connection = new MqttConnection({ settings: settings(port), clientId: 'inkcast-desk' });
    const device = new StillDevice();
    const server = new RequestServer({ connection, topics, handlers: requestHandlers(device), rate, onProblem });
    server.start();
    connection.start();
    await once(connection, 'up');
    const watcher = await Watcher.connect(`mqtt://127.0.0.1:${port}`, ['inkcast/desk/response/+', 'mine/#']);
    await work({
      device,
      server,
      watcher,
      ask: async (verb, payload, options = {}) => {
        const from = watcher.seen.length;
        const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
        await watcher.client.publishAsync(topics.request(verb), body, { qos: 1, ...options });
        const seen = await watcher.next(options.properties?.responseTopic ?? topics.response(verb), from);
        responseSchemas[verb].parse(JSON.parse(seen.text));
        return seen;
      },
    });
    await watcher.end();
    await connection.stop();
    await broker.stop();
  });
}

async function packed(name: string, folder: string): Promise<{ bytes: Buffer; sha256: string }> {
  const file = join(folder, `${name}.tar.gz`);
  await create({ file, gzip: true, cwd: models }, [name]);
  const bytes = await readFile(file);
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Runs `work` with the folder in which everything temporary is made meanwhile: others unpack bundles at the same time. */
function unpackingIn(work: (folder: string) => Promise<void>): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const { TMPDIR } = process.env;
    process.env.TMPDIR = folder;
    try {
      await work(folder);
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
    }
  });
}

describe('requests', () => {
  before(function () {
    needsProgram(this, 'mosquitto');
  });

  it('are answered with their transaction, at the response topic with the correlation data', () =>
    served(async ({ ask, device }) => {
      assert.deepEqual(JSON.parse((await ask('pause', { transaction: 'a' })).text), {
        status: 'ok',
        data: { paused: true },
        transaction: 'a',
      });
      assert.equal(device.paused, true);
      const properties = { responseTopic: 'mine/answers', correlationData: Buffer.from([1, 2, 3]) };
      const { text, packet } = await ask('resume', '', { properties });
      assert.deepEqual(JSON.parse(text), { status: 'ok', data: { paused: false } });
      assert.deepEqual(packet.properties?.correlationData, properties.correlationData);
      assert.equal(packet.properties?.contentType, 'application/json');
      assert.equal(JSON.parse((await ask('info', {})).text).data.device, 'desk');
    }));

  it('take a snapshot, and say where there is none yet', () =>
    served(async ({ ask, device }) => {
      assert.equal(JSON.parse((await ask('snapshot', {})).text).error.code, 'INK_SNAPSHOT_MISSING');
      device.picture = Buffer.from([0xff, 0xd8, 0xff]);
      const { data } = JSON.parse((await ask('snapshot', { publish: true })).text);
      assert.equal(data.reading.text, '7');
      assert.deepEqual(Buffer.from(data.image, 'base64'), device.picture);
      assert.deepEqual(device.published, device.picture);
    }));

  it('read the configuration and set what is live', () =>
    served(async ({ ask }) => {
      const { data } = JSON.parse((await ask('config', { set: { 'reading.tracking.holdMs': 600 } })).text);
      assert.equal(data.values['reading.tracking.holdMs'], 600);
      const refused = JSON.parse((await ask('config', { set: { 'mqtt.url': 'mqtt://elsewhere' } })).text);
      assert.equal(refused.error.code, 'INK_CONFIG_INVALID');
    }));

  it('field report 8: show the last accepted reading, set it and forget it', () =>
    served(async ({ ask, device }) => {
      const answer = async (payload: object) => JSON.parse((await ask('value', payload)).text);
      assert.equal((await answer({})).data.value, '40.7');
      assert.equal((await answer({ set: '0' })).data.value, '0');
      assert.equal(device.last, '0');
      assert.deepEqual((await answer({ set: null })).data, { value: null, capturedAt: null });
      for (const set of [7, '-1', '1e3', '', 'x', '1.', '9'.repeat(101)]) {
        assert.equal((await answer({ set })).error.code, 'INK_REQUEST_INVALID');
      }
    }));

  it('install a model sent along or fetched, and refuse another hash', () =>
    unpackingIn((folder) =>
      served(async ({ ask, device }) => {
        const { bytes, sha256 } = await packed('digits', folder);
        const bundle = bytes.toString('base64');
        const wrong = JSON.parse((await ask('model', { action: 'install', bundle, sha256: '0'.repeat(64) })).text);
        assert.equal(wrong.error.code, 'INK_BUNDLE_INVALID');
        assert.deepEqual(device.installed, []);
        const { data } = JSON.parse((await ask('model', { action: 'install', bundle, sha256, use: true })).text);
        assert.equal(data.models[0].active, true);
        const server = createServer((_request, response) => response.end(bytes)).listen(0, '127.0.0.1');
        await once(server, 'listening');
        const address = server.address();
        assert.ok(typeof address === 'object' && address !== null);
        const url = `http://127.0.0.1:${address.port}/digits.tar.gz`;
        const fetched = JSON.parse((await ask('model', { action: 'install', url, sha256 })).text);
        assert.equal(fetched.data.models.length, 2);
        server.close();
        await once(server, 'close');
        const gone = JSON.parse((await ask('model', { action: 'install', url, sha256 })).text);
        assert.equal(gone.error.code, 'INK_BUNDLE_FETCH');
        const unknown = JSON.parse((await ask('model', { action: 'use', model: 'other@1.0.0' })).text);
        assert.equal(unknown.error.code, 'INK_BUNDLE_MISSING');
        const left = (await readdir(folder)).filter((name) => name.startsWith('inkcast-bundle-'));
        assert.deepEqual(left, []);
      }),
    ));

  it('that are wrong get an error response, and the next one is answered', () =>
    served(async ({ ask, watcher }) => {
      for (const [verb, payload] of [
        ['info', 'not JSON'],
        ['config', `{"set":${'['.repeat(1500)}${']'.repeat(1500)}}`],
        ['info', '[]'],
        ['info', '"a"'],
        ['info', '{"unknown":1}'],
        ['info', '\0'],
        ['model', '{}'],
        ['model', '{"action":"remove"}'],
        ['model', `{"action":"install","sha256":"${'0'.repeat(64)}"}`],
        ['pause', '{"transaction":5}'],
      ] as const) {
        assert.equal(JSON.parse((await ask(verb, payload)).text).error.code, 'INK_REQUEST_INVALID', payload);
      }
      const large = JSON.parse((await ask('info', ' '.repeat(5000))).text);
      assert.equal(large.error.code, 'INK_REQUEST_LIMIT');
      const kept = JSON.parse((await ask('info', { transaction: 'a', unknown: 1 })).text);
      assert.equal(kept.transaction, 'a');
      // Topics of no verb, and response topics that no one may publish to.
      await watcher.client.publishAsync('inkcast/desk/request/reboot', '{}', { qos: 1 });
      await watcher.client.publishAsync(topics.request('info'), '{}', { qos: 1, properties: { responseTopic: '' } });
      assert.equal(JSON.parse((await ask('info', {})).text).status, 'ok');
    }));

  it('that come too fast get one refusal', () =>
    served(
      async ({ watcher }) => {
        for (let index = 0; index < 30; index++) {
          await watcher.client.publishAsync(topics.request('info'), '{}', { qos: 1 });
        }
        const seen = await watcher.until((all) => all.some(({ text }) => text.includes('INK_REQUEST_LIMIT')));
        assert.equal(seen.filter(({ text }) => text.includes('"ok"')).length, 3);
      },
      { rate: { burst: 3, perSecond: 0.001 } },
    ));

  for (const limit of ['message_size_limit 20000', 'max_packet_size 20000']) {
    it(`field report 2: bring a picture as large as the broker takes with ${limit}`, () =>
      served(
        async ({ ask, device, server }) => {
          device.picture = Buffer.alloc(60_000, 7);
          const { text } = await ask('snapshot', {});
          const { status, data } = JSON.parse(text);
          assert.equal(status, 'ok');
          const { length } = Buffer.from(data.image, 'base64');
          assert.ok(length > 1000 && length < 15_000, `${length} bytes`);
          // This request comes after the acknowledgement of that response.
          await ask('info', {});
          assert.deepEqual([...server.problems], []);
        },
        { limits: [limit], onProblem: ({ code }) => assert.equal(code, 'INK_MQTT_PUBLISH') },
      ));

    it(`field report 1: whose response is too large for ${limit} get an error instead, which stays in health`, () =>
      served(
        async ({ ask, device, server }) => {
          device.values = { 'log.level': 'x'.repeat(30_000) };
          const { status, error } = JSON.parse((await ask('config', {})).text);
          assert.deepEqual([status, error.code], ['error', 'INK_MQTT_PUBLISH']);
          assert.deepEqual([...server.problems.keys()], ['config']);
          assert.equal(JSON.parse((await ask('info', {})).text).status, 'ok');
          device.values = { 'log.level': 'info' };
          assert.equal(JSON.parse((await ask('config', {})).text).status, 'ok');
          // This request comes after the acknowledgement of that response.
          await ask('info', {});
          assert.deepEqual([...server.problems], []);
        },
        { limits: [limit], onProblem: ({ code }) => assert.equal(code, 'INK_MQTT_PUBLISH') },
      ));
  }
});
