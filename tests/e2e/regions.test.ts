import assert from 'node:assert/strict';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, Mosquitto, openListener, Watcher } from '@inkcast/lab/broker';
import {
  deviceTopics,
  discoveryTopic,
  eventSchema,
  type HealthMessage,
  healthSchema,
  type RequestPayload,
  readingSchema,
  responseSchemas,
  type Verb,
} from '@inkcast/shared/messages';
import { inkcast } from '../device/support/command.js';
import { needsProgram } from '../support/programs.js';
import { inTemporaryFolder } from '../support/temporary-folder.js';
import { InkcastProcess } from './support/daemon-process.js';

/** Two rows: 0305 above, 221859 below. */
const SCENE = fileURLToPath(new URL('../../assets/scenes/photos/02-phone.jpg', import.meta.url));
const topics = deviceTopics('inkcast', 'board');
const CONFIG = discoveryTopic('homeassistant', 'board');

describe('named regions', function () {
  this.timeout(120_000);

  before(function () {
    needsProgram(this, 'mosquitto');
  });

  it('are published on topics of their own, announced, renamed and removed, also over restarts', () =>
    inTemporaryFolder(async (folder) => {
      await mkdir(join(folder, 'pictures'));
      await copyFile(SCENE, join(folder, 'pictures', 'a.jpg'));
      const port = await freePort();
      const config = join(folder, 'inkcast.yaml');
      const upper = '{ x: 0, y: 0, width: 1, height: 0.47 }';
      const lower = '{ x: 0, y: 0.49, width: 1, height: 0.51 }';
      const configure = (vision: string) =>
        writeFile(
          config,
          `camera: { source: directory, folder: pictures, rate: 4 }
device: { name: board }
vision: ${vision}
reading: { model: small, rules: { monotonic: true, acceptAfterMs: 3600000 } }
homeassistant: { deviceClass: energy, unit: kWh }
mqtt: { url: "mqtt://127.0.0.1:${port}" }
storage: { folder: state }
`,
        );
      const broker = await Mosquitto.start(folder, openListener(port));
      const watcher = await Watcher.connect(`mqtt://127.0.0.1:${port}`, ['#']);
      const reads = async (topic: string, text: string, from: number) => {
        const seen = await watcher.until((all) =>
          all.slice(from).some((one) => one.topic === topic && one.text.includes(`"text":"${text}"`)),
        );
        return seen.slice(from).filter((one) => one.topic === topic && one.text !== '');
      };
      const ask = async <V extends Verb>(verb: V, payload: RequestPayload<V>) => {
        const from = watcher.seen.length;
        await watcher.client.publishAsync(topics.request(verb), JSON.stringify(payload), { qos: 1 });
        return responseSchemas[verb].parse(JSON.parse((await watcher.next(topics.response(verb), from)).text));
      };
      const emptied = (topic: string, from: number) =>
        watcher.until((all) => all.slice(from).some((one) => one.topic === topic && one.text === ''));
      const announced = async (from: number): Promise<Record<string, object>> => {
        const { components } = JSON.parse((await watcher.next(CONFIG, from)).text);
        return components;
      };
      const health = (from: number, fits: (health: HealthMessage) => boolean) =>
        watcher.until((all) =>
          all
            .slice(from)
            .some(({ topic, text }) => topic === topics.health && fits(healthSchema.parse(JSON.parse(text)))),
        );
      const daemons: InkcastProcess[] = [];
      const start = () => {
        const daemon = new InkcastProcess('run', '--config', config);
        daemons.push(daemon);
        return daemon;
      };
      const stop = async (daemon: InkcastProcess) => {
        daemon.terminate();
        assert.equal(await daemon.ended(), 0, daemon.stderr);
      };
      try {
        await configure('{}');
        const plain = start();
        await reads(topics.reading, '0305\\n221859', 0);
        await stop(plain);

        // Two regions in the place of one reading: that is taken back, and each has its own.
        await configure(
          `{ regions: [{ name: upper, regionOfInterest: ${upper}, expect: dddd, homeassistant: {} },
                       { name: lower, regionOfInterest: ${lower}, rules: { digitCount: 5 } }] }`,
        );
        let from = watcher.seen.length;
        const first = start();
        await emptied(topics.reading, from);
        const [reading] = (await reads(topics.region('upper').reading, '0305', from)).slice(-1);
        assert.equal(readingSchema.parse(JSON.parse(reading.text)).region, 'upper');
        assert.equal(reading.packet.retain, true);
        const [event] = await reads(topics.region('upper').event, '0305', from);
        const { region, event_type } = eventSchema.parse(JSON.parse(event.text));
        assert.deepEqual([region, event_type], ['upper', 'digits_appeared']);
        // A rule of one region refuses what stands there, and keeps the other's nothing.
        await watcher.until((all) =>
          all.some(({ topic, text }) => topic === topics.region('lower').reading && text.includes('"digit-count"')),
        );
        await health(from, ({ problems }) => problems.some(({ message }) => message.includes('in the region lower')));
        const components = await announced(from);
        assert.ok('device_class' in components.reading_lower && !('device_class' in components.reading_upper));
        assert.deepEqual([components.reading, components.event], [{ platform: 'sensor' }, { platform: 'event' }]);

        const snapshot = responseSchemas.snapshot.parse(await ask('snapshot', {}));
        assert.ok(snapshot.status === 'ok');
        assert.deepEqual(snapshot.data.readings?.map(({ text }) => text).toSorted(), ['', '0305']);
        const value = await ask('value', { region: 'upper' });
        assert.deepEqual(value.status === 'ok' && value.data, {
          ...(value.status === 'ok' && value.data),
          value: '305',
        });
        const unnamed = await ask('value', {});
        assert.ok(unnamed.status === 'error' && /upper, lower/.test(unnamed.error.remedy));

        // Renamed and moved while it runs.
        from = watcher.seen.length;
        const moved = { name: 'top', regionOfInterest: { x: 0, y: 0.49, width: 1, height: 0.51 } };
        await ask('config', { set: { 'vision.regions': [moved] } });
        await reads(topics.region('top').reading, '221859', from);
        for (const name of ['upper', 'lower']) await emptied(topics.region(name).reading, from);
        assert.deepEqual((await announced(from)).reading_upper, { platform: 'sensor' });
        await health(from, ({ problems }) => problems.length === 0);
        await stop(first);

        // What was accepted in a region counts after a restart, for it alone.
        const told = await inkcast('value', '--region', 'upper', '--config', config);
        assert.match(told.stdout, /^305 \(/);
        assert.match((await inkcast('value', '400', '--region', 'upper', '--config', config)).stdout, /^400 \(/);
        from = watcher.seen.length;
        const second = start();
        await emptied(topics.region('top').reading, from);
        await watcher.until((all) =>
          all
            .slice(from)
            .some(({ topic, text }) => topic === topics.region('upper').reading && text.includes('It fell from 400.')),
        );
        const again = await announced(from);
        assert.deepEqual(again.reading_top, { platform: 'sensor' });
        assert.ok('state_topic' in again.reading_upper);
        await stop(second);

        const history = await inkcast('history', '--json', '--state', join(folder, 'state'));
        const entries = history.stdout
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line));
        assert.deepEqual(
          entries.map((entry) => [entry.region, entry.text]),
          [
            [undefined, '0305\n221859'],
            ['upper', '0305'],
            ['top', '221859'],
          ],
        );
        from = watcher.seen.length;
        const removal = await inkcast('homeassistant', 'remove', '--states', '--config', config);
        assert.equal(removal.code, 0, removal.stderr);
        for (const name of ['upper', 'lower']) await emptied(topics.region(name).reading, from);
      } finally {
        for (const daemon of daemons) await daemon.end();
        await watcher.end();
        await broker.stop();
      }
    }));
});
