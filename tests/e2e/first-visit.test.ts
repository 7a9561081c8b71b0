import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { loadConfig } from '@inkcast/device/config';
import { errorSchema, stateSchema } from '@inkcast/device/web';
import { inkcast } from '../device/support/command.js';
import { listenLocally } from '../support/listen-locally.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { EmptyMachine, pageOf } from './support/empty-machine.js';

const state = async (url: string) => stateSchema.parse(await (await fetch(`${url}api/state`)).json());
const post = (url: string, path: string, body?: unknown) =>
  fetch(`${url}api/${path}`, {
    method: 'POST',
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });

describe('a first visit', function () {
  this.timeout(120_000);

  it('finds a page without a camera or a file, says so, connects to no broker, and ends with a reader that runs', () =>
    inTemporaryFolder(async (folder) => {
      const machine = await EmptyMachine.in(folder);
      const daemon = machine.run();
      try {
        const url = await pageOf(daemon);
        await daemon.prints('INK_CAMERA_MISSING');
        const before = await state(url);
        assert.deepEqual([before.configFile, before.camera.detail, before.broker.detail], [null, null, null]);
        assert.equal(before.camera.message, 'No camera is configured.');
        assert.match(before.camera.remedy ?? '', /first steps on the page/);
        assert.doesNotMatch(daemon.stdout, /INK_MQTT/);

        const answers = { camera: machine.pictures, name: 'kitchen', broker: '127.0.0.1:9' };
        const written = await post(url, 'setup', answers);
        assert.deepEqual(await written.json(), { file: machine.file });
        assert.equal((await post(url, 'restart')).status, 202);
        await daemon.prints('"text":"8"');
        // Whoever has the page open finds it again.
        const after = await state(url);
        assert.deepEqual([after.device, after.configFile, after.camera.detail], ['kitchen', machine.file, 'directory']);
        assert.equal(after.broker.detail, 'mqtt://127.0.0.1:9');
        daemon.terminate();
        assert.equal(await daemon.ended(), 0);

        const next = machine.run();
        try {
          await next.prints('"text":"8"');
        } finally {
          await next.end();
        }
      } finally {
        await daemon.end();
      }
    }));

  it('writes into a file that names no camera yet, which stays as it is otherwise', () =>
    inTemporaryFolder(async (folder) => {
      const machine = await EmptyMachine.in(folder);
      const file = join(folder, 'begun.yaml');
      await writeFile(file, '# Of the workshop.\nreading:\n  tracking: { holdMs: 120 }\n');
      const daemon = machine.run('--config', file);
      try {
        const url = await pageOf(daemon);
        const answers = {
          camera: machine.pictures,
          name: 'bench',
          broker: '127.0.0.1:9',
          username: 'desk',
          password: 'geheim',
        };
        assert.deepEqual(await (await post(url, 'setup', answers)).json(), { file });
        await post(url, 'restart');
        await daemon.prints('"text":"8"');
        const text = await readFile(file, 'utf8');
        assert.match(text, /^# Of the workshop\.$/m);
        assert.doesNotMatch(text, /geheim/);
        const { reading, device, mqtt } = await loadConfig({ file });
        assert.deepEqual([reading.tracking.holdMs, device.name, mqtt.username], [120, 'bench', 'desk']);
        assert.equal(await readFile(mqtt.passwordFile ?? '', 'utf8'), 'geheim\n');
        const again = await post(url, 'setup', answers);
        assert.equal(errorSchema.parse(await again.json()).code, 'INK_CONFIG_EXISTS');
      } finally {
        await daemon.end();
      }
    }));

  it('connects to a broker that is configured', () =>
    inTemporaryFolder(async (folder) => {
      const broker = createServer();
      const port = await listenLocally(broker);
      const connected = once(broker, 'connection');
      const daemon = (await EmptyMachine.in(folder)).run('--set', `mqtt.url=mqtt://127.0.0.1:${port}`);
      try {
        const [socket] = await connected;
        socket.destroy();
      } finally {
        await daemon.end();
        broker.close();
      }
    }));

  for (const [what, args, message] of [
    ['a value is wrong', ['--set', 'camera.source=telescope'], /camera\.source is "telescope"/],
    ['a camera lacks what it needs', ['--set', 'camera.source=http'], /camera\.url is missing/],
    ['the file that is named is not there', ['--config', 'missing.yaml'], /missing\.yaml/],
    ['there is no page either', ['--set', 'web.enabled=false'], /INK_CAMERA_MISSING/],
  ] as const) {
    it(`is no reason to start where ${what}`, async () => {
      const { code, stderr } = await inkcast('run', ...args);
      assert.equal(code, 2);
      assert.match(stderr, message);
    });
  }

  it('reads the file of the user where there is no other', () =>
    inTemporaryFolder(async (folder) => {
      const machine = await EmptyMachine.in(folder);
      await mkdir(join(machine.file, '..'), { recursive: true });
      await writeFile(machine.file, 'camera: { source: telescope }\n');
      const daemon = machine.run();
      assert.equal(await daemon.ended(), 2);
      assert.ok(daemon.stderr.includes(machine.file));
    }));
});
