import assert from 'node:assert/strict';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, Mosquitto, openListener, Watcher } from '@inkcast/lab/broker';
import { inkcast } from '../device/support/command.js';
import { needsProgram } from '../support/programs.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { TaughtDevice } from './support/taught-device.js';

describe('a device that is taught', function () {
  this.timeout(180_000);

  it('finds by itself what it reads with doubt', () =>
    inTemporaryFolder(async (folder) => {
      const device = await TaughtDevice.in(folder, '08-lamp.jpg');
      await device.start();
      try {
        await device.reaches(({ queue }) => queue.count > 0);
        const [{ origin, reason, guesses }] = await device.crops();
        assert.deepEqual([origin, reason, guesses.length], ['camera', 'unsure', 4]);
      } finally {
        await device.kill();
      }
    }));

  it('loses no label that it acknowledged, whenever it is killed', () =>
    inTemporaryFolder(async (folder) => {
      const device = await TaughtDevice.in(folder, '04-single.jpg');
      await device.start();
      try {
        await device.upload('03-sums.jpg', '08-lamp.jpg', '12-pencil.jpg');
        const acknowledged: string[] = [];
        let offered = 0;
        for (const goal of [1, 4, 9]) {
          const waiting = (await device.crops()).map(({ id }) => id);
          for (const id of waiting.slice(0, goal)) {
            await device.ask('POST', '/label', { ids: [id], label: '5' });
            acknowledged.push(id);
          }
          offered = acknowledged.length + 1;
          // One more is on its way when it is killed: it may be there or not.
          const last = device.ask('POST', '/label', { ids: [waiting[goal]], label: '5' }).catch(() => {});
          await device.kill();
          await last;
          await device.start();
          const { labels } = await device.state();
          assert.ok(labels.count === acknowledged.length || labels.count === offered, JSON.stringify(labels));
          const left = (await device.crops()).map(({ id }) => id);
          assert.deepEqual(
            acknowledged.filter((id) => left.includes(id)),
            [],
          );
          if (labels.count === offered) acknowledged.push(waiting[goal]);
        }
      } finally {
        await device.kill();
      }
    }));

  it('gives its labels to the fleet where its configuration says so, and nowhere else', async function () {
    needsProgram(this, 'mosquitto');
    await inTemporaryFolder(async (folder) => {
      const port = await freePort();
      const broker = await Mosquitto.start(folder, openListener(port));
      const url = `mqtt://127.0.0.1:${port}`;
      const devices: TaughtDevice[] = [];
      for (const [name, share] of [
        ['desk', true],
        ['door', false],
      ] as const) {
        const own = join(folder, name);
        await mkdir(own);
        const more = `device: { name: ${name} }\nmqtt: { url: "${url}" }\nteaching: { enabled: true, share: ${share} }`;
        devices.push(await TaughtDevice.in(own, '04-single.jpg', more));
      }
      const watcher = await Watcher.connect(url, ['inkcast/+/health']);
      try {
        for (const device of devices) {
          await device.start();
          await device.upload('03-sums.jpg');
          const [a, b] = await device.crops();
          await device.ask('POST', '/label', { ids: [a.id], label: '6' });
          await device.ask('POST', '/label', { ids: [b.id], label: 'none' });
        }
        await watcher.until((seen) => new Set(seen.map(({ topic }) => topic)).size === 2);
        const out = join(folder, 'labels');
        const { code, stdout, stderr } = await inkcast('fleet', 'labels', '--all', '--out', out, '--url', url);
        assert.deepEqual([code, stdout], [1, 'desk: 2 labels\n'], stderr);
        assert.match(stderr, /^door: .*INK_TEACHING_PRIVATE/m);
        const files = (await readdir(out, { recursive: true })).toSorted();
        assert.deepEqual(
          files.filter((file) => !file.endsWith('.png')),
          ['6', 'held-back.json', 'none'],
        );
        assert.equal(files.filter((file) => file.endsWith('.png')).length, 2);
      } finally {
        await Promise.all(devices.map((device) => device.kill()));
        await watcher.end();
        await broker.stop();
      }
    });
  });

  it('goes on reading while it learns, leaves nothing of a learning that is killed, and learns again', () =>
    inTemporaryFolder(async (folder) => {
      const device = await TaughtDevice.in(folder, '08-lamp.jpg');
      await device.start();
      try {
        await device.upload('03-sums.jpg', '08-lamp.jpg', '12-pencil.jpg');
        for (const { id, guesses } of await device.crops()) {
          await device.ask('POST', '/label', { ids: [id], label: guesses[0].label });
        }
        await device.ask('POST', '/learn');
        await device.reaches(({ learning }) => learning?.step === 'train' && learning.epoch !== undefined);
        await device.kill();
        await device.start();
        const { learning, labels } = await device.state();
        assert.deepEqual([learning?.state, learning?.error?.code], ['failed', 'INK_LEARNING_INTERRUPTED']);
        assert.ok(labels.learning >= 10, JSON.stringify(labels));
        const left = await readdir(join(folder, 'state/teaching'));
        assert.deepEqual(left, []);

        const before = await device.frames(20);
        await device.ask('POST', '/learn');
        await device.reaches((state) => state.learning?.step === 'train');
        const meanwhile = await device.frames(20);
        assert.equal((await device.state()).learning?.state, 'running');
        // A learning that took the processor for itself would hold frames for as long as it lasts.
        assert.ok(meanwhile < 10 * before, `no frame for ${meanwhile} ms, and for ${before} ms before`);
        await device.ask('POST', '/cancel');
        assert.equal((await device.state()).learning?.state, 'cancelled');
        assert.deepEqual(await readdir(join(folder, 'state/teaching')), []);
      } finally {
        await device.kill();
      }
    }));
});
