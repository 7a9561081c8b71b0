import assert from 'node:assert/strict';
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
});
