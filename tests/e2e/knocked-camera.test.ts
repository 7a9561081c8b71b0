import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deviceTopics, healthSchema, readingSchema, responseSchemas } from '@inkcast/shared/messages';
import sharp from 'sharp';
import { needsProgram } from '../support/programs.js';
import { InkcastProcess } from './support/daemon-process.js';
import { withDeviceAtBroker } from './support/device-at-broker.js';

const SCENE = fileURLToPath(new URL('../../assets/scenes/photos/02-phone.jpg', import.meta.url));
const topics = deviceTopics('inkcast', 'desk');
const { reading } = topics.region('upper');

/** Around the upper of two rows, 0305 and 221859, which are as far apart as the camera is then turned. */
const REGION = '[{ name: upper, regionOfInterest: { x: 0.1, y: 0.31, width: 0.85, height: 0.265 } }]';
const SEEN_FIRST = 20;
const SEEN_LATER = 110;

describe('a camera that is knocked', function () {
  this.timeout(90_000);

  before(function () {
    needsProgram(this, 'mosquitto');
  });

  it('is reported, and its regions follow what they were set around', () =>
    withDeviceAtBroker({ scene: '02-phone.jpg' }, async ({ file, watcher }) => {
      const picture = join(dirname(file), 'pictures', 'a.jpg');
      /** Turns the camera. */
      const see = async (top: number) => {
        const part = { left: 20, top, width: 600, height: 370 };
        await sharp(SCENE).extract(part).jpeg({ quality: 90 }).toFile(`${picture}.new`);
        await rename(`${picture}.new`, picture);
      };
      const ask = async (action: 'show' | 'set') => {
        const from = watcher.seen.length;
        await watcher.client.publishAsync(topics.request('reference'), JSON.stringify({ action }), { qos: 1 });
        const { text } = await watcher.next(topics.response('reference'), from);
        const answer = responseSchemas.reference.parse(JSON.parse(text));
        assert.ok(answer.status === 'ok');
        return answer.data;
      };
      /** What stands in the region by the last reading. */
      const reads = (wanted: string) =>
        watcher.until((seen) => {
          const last = seen.findLast(({ topic }) => topic === reading);
          return last !== undefined && readingSchema.parse(JSON.parse(last.text)).text === wanted;
        });
      await see(SEEN_FIRST);
      const values = ['vision.alignment.maxShift=0.25', 'reading.model=small', `vision.regions=${REGION}`];
      const daemon = new InkcastProcess('run', '--config', file, ...values.flatMap((value) => ['--set', value]));
      try {
        await reads('0305');
        assert.equal((await ask('show')).status, 'none');
        assert.equal((await ask('set')).status, 'aligned');
        const from = watcher.seen.length;
        await see(SEEN_LATER);
        await watcher.until((seen) =>
          seen
            .slice(from)
            .some(
              ({ topic, text }) =>
                topic === topics.health &&
                healthSchema.parse(JSON.parse(text)).problems.some(({ message }) => /90 pixels up/.test(message)),
            ),
        );
        // Until the shift is believed, the other row stands in the region.
        await reads('0305');
        const { status, dy, followed } = await ask('show');
        assert.deepEqual([status, followed, dy?.toFixed(2)], ['moved', true, (-90 / 370).toFixed(2)]);
        daemon.terminate();
        assert.equal(await daemon.ended(), 0, daemon.stderr);
      } finally {
        await daemon.end();
      }
    }));
});
