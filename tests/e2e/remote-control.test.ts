import assert from 'node:assert/strict';
import type { Seen } from '@inkcast/lab/broker';
import {
  deviceTopics,
  discoveryTopic,
  type HealthMessage,
  healthSchema,
  type ReadingMessage,
  type RequestPayload,
  readingSchema,
  responseSchemas,
  type Verb,
} from '@inkcast/shared/messages';
import sharp from 'sharp';
import { discoverySchema } from '../device/homeassistant/discovery-schema.js';
import { needsProgram } from '../support/programs.js';
import { InkcastProcess } from './support/daemon-process.js';
import { withDeviceAtBroker } from './support/device-at-broker.js';

const topics = deviceTopics('inkcast', 'desk');
const configTopic = discoveryTopic('homeassistant', 'desk');

describe('the daemon by remote control', function () {
  this.timeout(90_000);

  before(function () {
    needsProgram(this, 'mosquitto');
  });

  it('answers every verb, and is announced to Home Assistant until it is removed', () =>
    withDeviceAtBroker({ scene: '04-single.jpg', user: 'desk:geheim@' }, async ({ file, watcher }) => {
      const daemon = new InkcastProcess('run', '--config', file);
      const ask = async <V extends Verb>(verb: V, payload: RequestPayload<V>) => {
        const from = watcher.seen.length;
        await watcher.client.publishAsync(topics.request(verb), JSON.stringify(payload), { qos: 1 });
        return responseSchemas[verb].parse(JSON.parse((await watcher.next(topics.response(verb), from)).text));
      };
      const health = (fits: (health: HealthMessage) => boolean) =>
        watcher.until((seen: readonly Seen[]) =>
          seen.some(({ topic, text }) => topic === topics.health && fits(healthSchema.parse(JSON.parse(text)))),
        );
      try {
        const discovery = discoverySchema.parse(JSON.parse((await watcher.next(configTopic)).text));
        assert.ok('options' in discovery.components.model);
        await watcher.until((seen) => seen.some(({ topic, text }) => topic === topics.reading && /"8"/.test(text)));

        const info = await ask('info', {});
        assert.ok(info.status === 'ok');
        assert.match(JSON.stringify(info.data), /"device":"desk"/);

        const snapshot = responseSchemas.snapshot.parse(await ask('snapshot', { publish: true }));
        assert.ok(snapshot.status === 'ok');
        assert.equal(snapshot.data.reading?.text, '8');
        const jpeg = Buffer.from(snapshot.data.image, 'base64');
        const { width, height } = await sharp(jpeg).metadata();
        assert.deepEqual(snapshot.data.reading?.frame, { width, height });
        const published = await watcher.next(topics.image);
        assert.deepEqual(published.packet.payload, jpeg);
        assert.equal(published.packet.retain, true);

        await ask('pause', {});
        await health(({ paused, camera }) => paused && camera === 'paused');
        await ask('pause', { paused: false });
        await health(({ paused }) => !paused);

        const config = JSON.stringify(await ask('config', { set: { 'log.level': 'warn' } }));
        assert.match(config, /"log.level":"warn"/);
        assert.doesNotMatch(config, /geheim/);
        const refused = await ask('config', { set: { 'mqtt.url': 'mqtt://elsewhere' } });
        assert.ok(refused.status === 'error' && refused.error.code === 'INK_CONFIG_INVALID');
        const wrong = await ask('config', { set: { 'log.level': 'loud' } });
        assert.ok(wrong.status === 'error' && wrong.error.message.includes('log.level'));

        // What is read changes while it runs: a rule refuses the one digit, in view as ever, and is taken away again.
        const pictures = () => watcher.seen.filter(({ topic }) => topic === topics.image).length;
        const shown = pictures();
        await ask('config', { set: { 'mqtt.image': { onChange: true, minIntervalSeconds: 3600 } } });
        const readingFrom = (from: number, fits: (reading: ReadingMessage) => boolean) =>
          watcher.until((seen) =>
            seen
              .slice(from)
              .some(({ topic, text }) => topic === topics.reading && fits(readingSchema.parse(JSON.parse(text)))),
          );
        let from = watcher.seen.length;
        await ask('config', { set: { 'reading.rules.digitCount': 2 } });
        await readingFrom(from, ({ text, rejected }) => text === '8' && rejected?.rule === 'digit-count');
        await health(({ problems }) => problems.some(({ code }) => code === 'INK_READING_REFUSED'));
        from = watcher.seen.length;
        await ask('config', { set: { 'reading.rules': null } });
        await readingFrom(from, ({ text, rejected }) => text === '8' && rejected === undefined);
        // Without a request for it, and not once more for the second change.
        await watcher.until(() => pictures() > shown);
        assert.equal(pictures(), shown + 1);
        // A form that the one digit has not: it is held back, and comes again.
        from = watcher.seen.length;
        await ask('config', { set: { 'reading.expect': 'd:dd' } });
        await readingFrom(from, ({ text }) => text === '');
        from = watcher.seen.length;
        await ask('config', { set: { 'reading.expect': 'd' } });
        await readingFrom(from, ({ text }) => text === '8');
        from = watcher.seen.length;
        const corner = { x: 0, y: 0, width: 0.05, height: 0.05 };
        await ask('config', { set: { 'vision.regionOfInterest': corner } });
        await readingFrom(from, ({ text }) => text === '');
        from = watcher.seen.length;
        await ask('config', { set: { 'vision.regionOfInterest': null } });
        await readingFrom(from, ({ text }) => text === '8');

        const listed = responseSchemas.model.parse(await ask('model', { action: 'list' }));
        assert.ok(listed.status === 'ok');
        const other = listed.data.models.find(({ active }) => !active);
        assert.ok(other !== undefined);
        await ask('model', { action: 'use', model: other.model });
        await health(({ model }) => model === other.model);
        const missing = await ask('model', { action: 'use', model: 'nothing@1.0.0' });
        assert.ok(missing.status === 'error' && missing.error.code === 'INK_BUNDLE_MISSING');

        // Home Assistant starts, and the broker has forgotten everything.
        const everything = [configTopic, topics.reading, topics.health, topics.image, topics.availability];
        for (const topic of everything) await watcher.client.publishAsync(topic, '', { qos: 1, retain: true });
        from = watcher.seen.length;
        await watcher.client.publishAsync('homeassistant/status', 'online', { qos: 1 });
        const again = await watcher.until((seen) =>
          everything.every((topic) => seen.slice(from).some((one) => one.topic === topic && one.text !== '')),
        );
        // A new reading can arrive at any time. The messages after the birth message start with the config.
        const named = again.slice(from).filter(({ text }) => text !== '');
        const order = named.slice(named.findIndex(({ topic }) => topic === configTopic));
        const first = (wanted: string) => order.findIndex(({ topic }) => topic === wanted);
        assert.ok(
          first(topics.reading) > 0 && first(topics.reading) < first(topics.availability),
          order.map(({ topic }) => topic).join(', '),
        );
        assert.deepEqual(discoverySchema.parse(JSON.parse(order[first(configTopic)].text)), discovery);

        daemon.terminate();
        assert.equal(await daemon.ended(), 0, daemon.stderr);
        assert.doesNotMatch(daemon.stdout + daemon.stderr, /geheim/);
        from = watcher.seen.length;
        const removal = new InkcastProcess('homeassistant', 'remove', '--config', file, '--states');
        assert.equal(await removal.ended(), 0, removal.stderr);
        for (const topic of [configTopic, topics.reading, topics.health, topics.image, topics.availability]) {
          assert.equal((await watcher.next(topic, from)).text, '', topic);
        }
      } finally {
        await daemon.end();
      }
    }));
});
