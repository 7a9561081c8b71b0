import assert from 'node:assert/strict';
import { openAsBlob } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorSchema, readingsSchema, stateSchema, WebServer } from '@inkcast/device/web';
import { responseDataSchemas } from '@inkcast/shared/messages';
import { create } from 'tar';
import { makeCertificates } from '../../support/certificates.js';
import { needsProgram } from '../../support/programs.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { ask } from './support/ask.js';
import { SILENT, served } from './support/served.js';

describe('the web server', () => {
  it('answers state, reading and a picture of the newest frame', () =>
    served(async ({ url, device }) => {
      device.still.picture = Buffer.from('a picture');
      const state = stateSchema.parse(await (await fetch(`${url}api/state`)).json());
      assert.equal(state.device, 'desk');
      assert.deepEqual(state.broker, { status: 'ok', detail: 'mqtt://localhost:1883' });
      assert.equal(state.frame, null);
      const { readings } = readingsSchema.parse(await (await fetch(`${url}api/reading`)).json());
      assert.equal(readings[0].text, '407');
      const picture = await fetch(`${url}api/snapshot?annotated=false`);
      assert.equal(picture.headers.get('content-type'), 'image/jpeg');
      assert.equal(picture.headers.get('x-inkcast-frame'), '3');
      assert.equal(await picture.text(), 'a picture');
    }));

  it('says in one sentence why a request is wrong, and where', () =>
    served(async ({ url }) => {
      const answer = await fetch(`${url}api/snapshot?annotated=perhaps`);
      assert.equal(answer.status, 400);
      const { code, issues = [] } = errorSchema.parse(await answer.json());
      assert.equal(code, 'INK_REQUEST_INVALID');
      assert.equal(issues[0].path, 'annotated');
      assert.equal((await fetch(`${url}api/nothing`)).status, 404);
      assert.equal((await fetch(`${url}api/snapshot`)).status, 503);
    }));
});

describe('the web server, beside the API', () => {
  it('is a problem where it cannot listen, and never more than that', () =>
    served(async ({ url, device, folder }) => {
      let changes = 0;
      const second = new WebServer({
        settings: {
          enabled: true,
          address: '127.0.0.1',
          port: Number(new URL(url).port),
          hosts: [],
          requireLogin: false,
        },
        device,
        state: folder,
        log: SILENT,
        version: '0.1.0',
        changed: () => changes++,
      });
      await second.start();
      const [problem] = second.problems.values();
      assert.equal(problem.code, 'INK_WEB_LISTEN');
      assert.match(problem.message, /another program listens on 127\.0\.0\.1, port \d+\.$/);
      assert.equal(second.url, undefined);
      assert.equal(changes, 1);
      await second.stop();
      assert.equal((await fetch(`${url}healthz`)).status, 200);
    }));

  it('speaks TLS with the certificate that is set, and says what is wrong with it', async function () {
    needsProgram(this, 'openssl');
    await inTemporaryFolder(async (folder) => {
      await makeCertificates(folder);
      const [certificate, key, other] = ['server.pem', 'server.key', 'client.key'].map((name) => join(folder, name));
      const ca = await readFile(join(folder, 'ca.pem'), 'utf8');
      await served(
        async ({ url, users }) => {
          const secure = url.replace('127.0.0.1', 'localhost');
          assert.equal((await ask(`${secure}healthz`, {}, ca)).status, 200);
          await users.add('ana', 'viewer', 'correct horse');
          const body = { user: 'ana', password: 'correct horse' };
          const { headers } = await ask(`${secure}api/login`, { method: 'POST', body }, ca);
          assert.match(headers['set-cookie']?.[0] ?? '', /; Secure/);
        },
        { tls: { certificate, key }, requireLogin: true },
      );
      for (const tls of [
        { certificate, key: other },
        { certificate: join(folder, 'missing.pem'), key },
        { certificate: join(folder, 'ca.conf'), key },
      ]) {
        await served(
          async ({ server }) => {
            assert.deepEqual(
              [...server.problems.values()].map(({ code }) => code),
              ['INK_WEB_CERTIFICATE'],
            );
          },
          { tls },
        );
      }
    });
  });

  it('tells Prometheus numbers in base units, with neither readings nor users as labels', () =>
    served(async ({ url, device }) => {
      device.show();
      device.show();
      device.read('8');
      device.problems = [{ code: 'INK_MQTT_CONNECT', message: 'no broker', since: '2026-11-28T12:00:00.000Z' }];
      const text = await (await fetch(`${url}metrics`)).text();
      const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      assert.ok(samples.length > 15 && samples.every((line) => line.startsWith('inkcast_')), text);
      assert.ok(samples.includes('inkcast_frames_total 2'));
      assert.ok(samples.includes('inkcast_readings_total{event_type="digits_changed"} 1'));
      assert.ok(samples.includes('inkcast_problems{code="INK_MQTT_CONNECT"} 1'));
      assert.ok(samples.includes('inkcast_frame_latency_seconds_sum 0.01'));
      const labels = new Set([...text.matchAll(/[{,](\w+)="/g)].map(([, label]) => label));
      assert.deepEqual([...labels].toSorted(), ['code', 'event_type', 'le']);
    }));

  it('installs a model that is sent to it, and uses it', () =>
    inTemporaryFolder(async (folder) => {
      const file = join(folder, 'lenet.tar.gz');
      await create({ file, gzip: true, cwd: 'models' }, ['lenet']);
      await served(async ({ url }) => {
        const form = new FormData();
        form.set('bundle', await openAsBlob(file), 'lenet.tar.gz');
        const installed = await fetch(`${url}api/models`, { method: 'POST', body: form });
        assert.equal(installed.status, 200);
        const body = JSON.stringify({ model: 'lenet@1.0.0' });
        const headers = { 'content-type': 'application/json' };
        const used = await fetch(`${url}api/models/use`, { method: 'POST', headers, body });
        const { models } = responseDataSchemas.model.parse(await used.json());
        assert.deepEqual(
          models.map(({ model, active }) => [model, active]),
          [['lenet@1.0.0', true]],
        );
        form.set('bundle', new Blob(['no bundle']), 'x.tar.gz');
        const refused = await fetch(`${url}api/models`, { method: 'POST', body: form });
        assert.equal(refused.status, 422);
        assert.equal(errorSchema.parse(await refused.json()).code, 'INK_BUNDLE_INVALID');
      });
    }));

  it('restarts only where the daemon is started again', () =>
    served(async ({ url, device }) => {
      const restart = () => fetch(`${url}api/restart`, { method: 'POST' });
      assert.equal((await restart()).status, 409);
      device.canRestart = true;
      assert.equal((await restart()).status, 202);
      assert.equal(device.restarts.length, 1);
    }));

  it('refuses what is too large', () =>
    served(async ({ url }) => {
      const body = JSON.stringify({ user: 'ana', password: 'x'.repeat(300_000) });
      const answer = await ask(`${url}api/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      assert.equal(`${answer.status} ${answer.code}`, '413 INK_REQUEST_LIMIT');
    }));

  it('serves the built page with a strict policy, and describes its API without a script', () =>
    inTemporaryFolder(async (page) => {
      await writeFile(join(page, 'index.html'), '<title>The page</title>');
      await served(
        async ({ url }) => {
          const index = await fetch(url);
          assert.match(await index.text(), /The page/);
          const policy = index.headers.get('content-security-policy') ?? '';
          assert.match(policy, /script-src 'self' 'wasm-unsafe-eval';/);
          assert.doesNotMatch(policy.replace("'wasm-unsafe-eval'", ''), /unsafe|upgrade-insecure-requests/);
          const { openapi, paths } = JSON.parse(await (await fetch(`${url}api/openapi.json`)).text());
          assert.equal(openapi, '3.1.0');
          const described = await (await fetch(`${url}api/docs`)).text();
          for (const path of Object.keys(paths)) assert.ok(described.includes(path), path);
          assert.doesNotMatch(described, /<script|https?:\/\/(?!localhost)[a-z]/);
        },
        {},
        { page },
      );
    }));
});
