import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Announcements, announcementRecordIn, type Entity, HomeAssistant } from '@inkcast/device/homeassistant';
import { MqttConnection, StatePublisher } from '@inkcast/device/mqtt';
import { freePort, Mosquitto, openListener, sampleReading, Watcher } from '@inkcast/lab/broker';
import { deviceTopics, discoveryTopic } from '@inkcast/shared/messages';
import { needsProgram } from '../../support/programs.js';
import { inTemporaryFolder } from '../../support/temporary-folder.js';
import { discoverySchema } from './discovery-schema.js';

interface Configuration {
  readonly device?: string;
  readonly baseTopic?: string;
  readonly prefix?: string;
  readonly enabled?: boolean;
  readonly exclude?: readonly Entity[];
  readonly regions?: readonly string[];
}

interface Run {
  readonly problems: readonly string[];
  /** Reads in other regions from now on. */
  setRegions(regions: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

/** A broker, a storage folder, and runs of a device with them, one after the other or more at once. */
class Home {
  readonly #folder: string;
  readonly #broker: Mosquitto;
  readonly url: string;

  readonly #watcher: Watcher;

  private constructor(folder: string, broker: Mosquitto, url: string, watcher: Watcher) {
    this.#folder = folder;
    this.#broker = broker;
    this.url = url;
    this.#watcher = watcher;
  }

  static async open(folder: string, lines: readonly string[] = []): Promise<Home> {
    const port = await freePort();
    const broker = await Mosquitto.start(folder, [...openListener(port), ...lines]);
    const url = `mqtt://127.0.0.1:${port}`;
    return new Home(folder, broker, url, await Watcher.connect(url, ['#']));
  }

  /** Makes the broker read its access file again. */
  reload(): void {
    this.#broker.reload();
  }

  async close(): Promise<void> {
    await this.#watcher.end();
    await this.#broker.stop();
  }

  /** Resolves when it is connected and has said everything. */
  async run(configuration: Configuration, storage = this.#folder): Promise<Run> {
    const { device = 'desk', baseTopic = 'inkcast', prefix = 'homeassistant' } = configuration;
    const { enabled = true, exclude = [], regions = [] } = configuration;
    const topics = deviceTopics(baseTopic, device);
    const problems: string[] = [];
    const onProblem = ({ message }: Error) => void problems.push(message);
    const connection = new MqttConnection({
      settings: { url: this.url, version: '5' },
      clientId: `inkcast-${device}`,
      availabilityTopic: topics.availability,
    });
    const states = new StatePublisher({ connection, onProblem });
    const namesOf = (names: readonly string[]) => (names.length === 0 ? [null] : names);
    const announcements = new Announcements({
      connection,
      states,
      regions: namesOf(regions),
      record: announcementRecordIn(storage),
      current: { baseTopic, device, discovery: enabled ? discoveryTopic(prefix, device) : null },
      onProblem,
    });
    const homeAssistant = new HomeAssistant({ connection, states, prefix, announcements });
    states.start();
    await announcements.start();
    const announce = async (names: readonly string[]) => {
      const named = names.map((name) => ({ name }));
      const announced = { device, topics, version: '0.1.0', models: ['digits@1.0.0'], exclude, regions: named };
      if (enabled) await homeAssistant.announce(announced);
      const readings = names.length === 0 ? [topics] : names.map((name) => topics.region(name));
      for (const { reading } of readings) states.publishJson(reading, sampleReading('42'));
    };
    await announce(regions);
    connection.start();
    await once(connection, 'up');
    return {
      problems,
      setRegions: async (names) => {
        await announcements.setRegions(namesOf(names));
        await announce(names);
      },
      stop: async () => {
        homeAssistant.stop();
        states.stop();
        await connection.stop();
      },
    };
  }

  /** What the broker retains, by topic. */
  async retained(): Promise<ReadonlyMap<string, string>> {
    const watcher = await Watcher.connect(this.url, ['#']);
    // Retained messages arrive before messages that are sent after the subscription.
    await watcher.client.publishAsync('end', 'x', { qos: 1 });
    await watcher.next('end');
    await watcher.end();
    return new Map(watcher.seen.filter(({ packet }) => packet.retain).map(({ topic, text }) => [topic, text]));
  }

  /** Resolves when the last message to each topic fits. */
  async says(topics: readonly string[], fits: (text: string) => boolean): Promise<void> {
    const last = (topic: string) => this.#watcher.seen.findLast((one) => one.topic === topic)?.text;
    await this.#watcher.until(() => topics.every((topic) => fits(last(topic) ?? '')));
  }

  /** Resolves when topics that something was said to are emptied. */
  async cleared(...topics: readonly string[]): Promise<void> {
    await this.says(topics, (text) => text === '');
    for (const topic of topics) assert.ok(!(await this.retained()).has(topic), topic);
  }
}

const withHome = (work: (home: Home, folder: string) => Promise<void>, lines: readonly string[] = []) =>
  inTemporaryFolder(async (folder) => {
    const home = await Home.open(folder, lines);
    try {
      await work(home, folder);
    } finally {
      await home.close();
    }
  });

const CONFIG = discoveryTopic('homeassistant', 'desk');

/** The retained messages of a device, without its discovery. */
const statesOf = (base: string, device: string) => {
  const { reading, availability } = deviceTopics(base, device);
  return [reading, availability];
};
const isDiscovery = (topic: string) => topic.endsWith('/config');

describe('what was announced to Home Assistant', () => {
  before(function () {
    needsProgram(this, 'mosquitto');
  });

  const changes: readonly (readonly [string, Configuration, readonly string[]])[] = [
    ['the device has another name', { device: 'shelf' }, [discoveryTopic('homeassistant', 'shelf')]],
    ['the discovery prefix is another', { prefix: 'discovery' }, [discoveryTopic('discovery', 'desk')]],
    ['Home Assistant is switched off', { enabled: false }, []],
    ['all of it is otherwise', { device: 'shelf', baseTopic: 'home', enabled: false }, []],
  ];
  for (const [change, configuration, expected] of changes) {
    it(`field report 5: is removed by the next run where ${change}`, () =>
      withHome(async (home) => {
        await (await home.run({})).stop();
        assert.ok((await home.retained()).has(CONFIG));
        const run = await home.run(configuration);
        await home.cleared(CONFIG);
        await run.stop();
        assert.deepEqual(run.problems, []);
        assert.deepEqual([...(await home.retained()).keys()].filter(isDiscovery), expected);
      }));
  }

  it('field report 5: is removed at each of several restarts, and is there again where it is true again', () =>
    withHome(async (home) => {
      let before: string | undefined;
      for (const device of ['desk', 'shelf', 'table', 'desk']) {
        const run = await home.run({ device });
        if (before !== undefined) await home.cleared(discoveryTopic('homeassistant', before));
        await run.stop();
        before = device;
      }
      assert.deepEqual([...(await home.retained()).keys()].filter(isDiscovery), [CONFIG]);
    }));

  it('field report 5: is removed with the states of a name or base topic that is no longer used', () =>
    withHome(async (home) => {
      await (await home.run({})).stop();
      const renamed = await home.run({ device: 'shelf' });
      await home.cleared(CONFIG, ...statesOf('inkcast', 'desk'));
      await renamed.stop();
      const moved = await home.run({ device: 'shelf', baseTopic: 'home' });
      await home.cleared(...statesOf('inkcast', 'shelf'));
      await moved.stop();
      const topics = [...(await home.retained()).keys()].sort();
      assert.deepEqual(topics, [...statesOf('home', 'shelf'), discoveryTopic('homeassistant', 'shelf')].sort());
    }));

  it('field report 5: stays where another device has the name now', () =>
    withHome(async (home, folder) => {
      await (await home.run({})).stop();
      const other = await home.run({}, join(folder, 'other'));
      const renamed = await home.run({ device: 'shelf' });
      await home.says([deviceTopics('inkcast', 'shelf').availability], (text) => text === 'online');
      // The file says so when the other device was heard of.
      const isForgotten = async () => !(await readFile(join(folder, 'announcements.json'), 'utf8')).includes('desk');
      while (!(await isForgotten())) await home.retained();
      await other.stop();
      await renamed.stop();
      assert.ok((await home.retained()).has(CONFIG));
    }));

  it('field report 5: loses the entities that are switched off, and has them again when they are not', () =>
    withHome(async (home) => {
      const components = async () => {
        const { components } = discoverySchema.parse(JSON.parse((await home.retained()).get(CONFIG) ?? ''));
        return [components.pause, components.model, components.reading];
      };
      await (await home.run({})).stop();
      await (await home.run({ exclude: ['pause', 'model'] })).stop();
      const [pause, model, reading] = await components();
      assert.deepEqual(pause, { platform: 'switch' });
      assert.deepEqual(model, { platform: 'select' });
      assert.ok('state_topic' in reading);
      await (await home.run({ exclude: ['model'] })).stop();
      assert.ok('state_topic' in (await components())[0]);
      assert.deepEqual((await components())[1], { platform: 'select' });
    }));

  it('loses the regions that are no more, and has one entity for each that is there', () =>
    withHome(async (home) => {
      const { reading, region } = deviceTopics('inkcast', 'desk');
      const shown = async () => {
        const { components } = discoverySchema.parse(JSON.parse((await home.retained()).get(CONFIG) ?? ''));
        const keys = Object.keys(components).filter((key) => /^(reading|event)/.test(key));
        return keys.filter((key) => 'state_topic' in components[key]).sort();
      };
      await (await home.run({})).stop();
      const named = await home.run({ regions: ['home', 'guest'] });
      await home.cleared(reading);
      assert.deepEqual(await shown(), ['event_guest', 'event_home', 'reading_guest', 'reading_home']);
      await named.setRegions(['home', 'time']);
      await home.cleared(region('guest').reading);
      assert.deepEqual(await shown(), ['event_home', 'event_time', 'reading_home', 'reading_time']);
      await named.stop();
      const renamed = await home.run({ device: 'shelf', regions: ['time'] });
      await home.cleared(CONFIG, region('home').reading, region('time').reading);
      await renamed.stop();
      const back = await home.run({ device: 'shelf' });
      await home.cleared(deviceTopics('inkcast', 'shelf').region('time').reading);
      await back.stop();
      assert.deepEqual(
        [...(await home.retained()).keys()].filter((topic) => topic.startsWith('inkcast/')).sort(),
        statesOf('inkcast', 'shelf').sort(),
      );
    }));

  it('is told where it cannot be removed', () =>
    inTemporaryFolder(async (rights) => {
      const file = join(rights, 'rights');
      await writeFile(file, 'topic readwrite #\n');
      await withHome(
        async (home) => {
          await (await home.run({})).stop();
          await writeFile(file, 'topic read #\ntopic readwrite inkcast/#\ntopic readwrite end\n');
          home.reload();
          const run = await home.run({ prefix: 'discovery', enabled: false });
          while (run.problems.length === 0) await home.retained();
          assert.match(run.problems.join(), /homeassistant\/device\/inkcast_desk\/config.*no right/);
          await run.stop();
        },
        [`acl_file ${file}`],
      );
    }));

  it('is written anew where the record is in another form', () =>
    withHome(async (home, folder) => {
      await writeFile(join(folder, 'announcements.json'), '{"announcements": [{"device": 7}');
      const run = await home.run({});
      await run.stop();
      assert.deepEqual(run.problems, []);
      const written: unknown = JSON.parse(await readFile(join(folder, 'announcements.json'), 'utf8'));
      assert.match(JSON.stringify(written), /"device":"desk"/);
    }));
});
