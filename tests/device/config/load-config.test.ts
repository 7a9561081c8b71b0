import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configKeys, loadConfig, variableOf } from '@inkcast/device/config';
import { InkError } from '@inkcast/shared/errors';
import fc from 'fast-check';
import { parse } from 'yaml';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

const CAMERA = 'camera:\n  source: directory\n  folder: pictures\n';

async function withFile<T>(text: string, work: (file: string, folder: string) => Promise<T>): Promise<T> {
  return inTemporaryFolder(async (folder) => {
    const file = join(folder, 'inkcast.yaml');
    await writeFile(file, text);
    return work(file, folder);
  });
}

describe('the configuration', () => {
  it('needs no more than a camera in three lines, whose folder is relative to the file', () =>
    withFile(CAMERA, async (file, folder) => {
      const config = await loadConfig({ file });
      assert.deepEqual(config.camera, {
        source: 'directory',
        folder: join(folder, 'pictures'),
        rate: 1,
        frameRate: 10,
        loop: true,
        recursive: false,
      });
      assert.match(config.device.name, /^[^+#/\s]+$/);
      assert.equal(config.mqtt.baseTopic, 'inkcast');
    }));

  it('field report 11: is read as Windows saves it, with a byte order mark, and refused where it is no text', () =>
    inTemporaryFolder(async (folder) => {
      const file = join(folder, 'inkcast.yaml');
      const text = `\ufeff${CAMERA.replaceAll('\n', '\r\n')}`;
      for (const bytes of [Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()]) {
        await writeFile(file, bytes);
        assert.equal((await loadConfig({ file })).camera?.source, 'directory');
      }
      await writeFile(file, Buffer.from(`${CAMERA}device: { name: tür }`, 'latin1'));
      await assert.rejects(loadConfig({ file }), { code: 'INK_CONFIG_INVALID', message: /is not text in UTF-8/ });
    }));

  it('field report 10: is refused with an address without a host or with a port that there is not, in true words', async () => {
    for (const [flags, shown] of [
      [['camera.source=directory', 'camera.folder=x', 'mqtt.url=mqtt://'], /^mqtt\.url is "mqtt:\/\/"; .*with a host/],
      [['camera.source=directory', 'camera.folder=x', 'mqtt.url=ws://h:99999'], /^mqtt\.url is .* from 0 to 65535/],
      [['camera.source=rtsp', 'camera.url=rtsp:///stream'], /^camera\.url is .*with a host/],
      [['camera.source=http', 'camera.url=http://h:70000/'], /^camera\.url is .* from 0 to 65535/],
      [['camera.source=directory', 'camera.folder=x', 'web.port=.inf'], /^web\.port is Infinity; it must be /],
      [['camera.source=directory', 'camera.folder=x', 'web.port=.nan'], /^web\.port is NaN; it must be /],
    ] as const) {
      await assert.rejects(loadConfig({ flags }), { code: 'INK_CONFIG_INVALID', message: shown });
    }
  });

  it('takes flags before the environment, and that before the file', () =>
    withFile(`${CAMERA}mqtt:\n  url: mqtt://file\n  baseTopic: file\n  username: file\n`, async (file) => {
      const { mqtt, reading } = await loadConfig({
        file,
        environment: {
          INKCAST_MQTT_URL: 'mqtt://environment',
          INKCAST_MQTT_BASE_TOPIC: 'environment',
          INKCAST_READING_TRACKING_HOLD_MS: '700',
          INKCAST_READING_RULES_MIN: '007',
          INKCAST_BENCH_ROUNDS: 'of no concern',
        },
        flags: ['mqtt.url=mqtts://flag'],
      });
      assert.deepEqual([mqtt.url, mqtt.baseTopic, mqtt.username], ['mqtts://flag', 'environment', 'file']);
      assert.deepEqual([reading.tracking.holdMs, reading.rules?.min], [700, '007']);
    }));

  it('has one environment variable for each key', () => {
    const variables = configKeys().map(({ path }) => path.join('.') + variableOf(path));
    const keys = configKeys().map(({ path }) => path.join('.'));
    assert.equal(new Set(variables).size, new Set(keys).size);
    assert.equal(new Set(configKeys().map(({ path }) => variableOf(path))).size, new Set(keys).size);
    for (const { path, description } of configKeys()) assert.notEqual(description, '', path.join('.'));
  });

  const refusals: [string, string, RegExp][] = [
    ['a value of another kind', `${CAMERA}  rate: fast`, /camera\.rate is "fast"; it must be a number \(in .*\.yaml\)/],
    ['a value out of range', `${CAMERA}  rate: 0`, /camera\.rate is 0; it must be at least 0\.001/],
    ['a value of no choice', 'camera:\n  source: tape', /camera\.source is "tape"; it must be .*"directory"/],
    ['a camera that names no source', 'camera:\n  rate: 5', /camera\.source is missing/],
    ['an unknown key', `${CAMERA}  speed: 3`, /camera\.speed is no key/],
    ['an unknown section', `${CAMERA}camra: 3`, /camra is no key/],
    ['a wrong address', `${CAMERA}mqtt:\n  url: http://x`, /mqtt\.url is "http:\/\/x"; it must be .* mqtt:\/\//],
    ['a name that is no topic', `${CAMERA}device:\n  name: a/b`, /device\.name is "a\/b"; it must be a device id/],
    ['a list of another length', `${CAMERA}vision:\n  perspective: [[0, 0]]`, /vision\.perspective is \[\[0,0\]\]/],
    [
      'a corner outside',
      `${CAMERA}vision:\n  perspective: [[0,0],[1,0],[1,1],[0,2]]`,
      /vision\.perspective\[3\]\[1\] is 2/,
    ],
    [
      'corners out of order',
      `${CAMERA}vision:\n  perspective: [[0,0],[0,1],[1,1],[1,0]]`,
      /vision\.perspective .*must go around a page clockwise/,
    ],
    [
      'a region outside',
      `${CAMERA}vision:\n  regionOfInterest: {x: 0.9, y: 0, width: 0.2, height: 1}`,
      /width is 0\.2/,
    ],
    [
      'a region without a name',
      `${CAMERA}vision: { regions: [{ rules: {} }] }`,
      /vision\.regions\[0\]\.name is missing/,
    ],
    [
      'a region whose name is no level of a topic',
      `${CAMERA}vision: { regions: [{ name: left/right }] }`,
      /vision\.regions\[0\]\.name is "left\/right"; it must be a name of 1 to 32 letters/,
    ],
    [
      'two regions of one name',
      `${CAMERA}vision: { regions: [{ name: home-1 }, { name: guest }, { name: Home_1 }] }`,
      /vision\.regions\[2\]\.name is "Home_1"; it must be another name than that of regions\[0\]/,
    ],
    [
      'more regions than a frame has room for',
      `${CAMERA}vision: { regions: [${Array.from({ length: 17 }, (_, index) => `{ name: r${index} }`)}] }`,
      /vision\.regions is .* at most 16/,
    ],
    [
      'a region with corners beside a rectangle',
      `${CAMERA}vision: { regions: [{ name: a, corners: [[0,0],[1,0],[1,1],[0,1]], regionOfInterest: {x: 0, y: 0, width: 1, height: 1} }] }`,
      /regions\[0\]\.corners .*must not stand beside regionOfInterest/,
    ],
    [
      'regions beside one area',
      `${CAMERA}vision: { regionOfInterest: {x: 0, y: 0, width: 1, height: 1}, regions: [{ name: a }] }`,
      /vision\.regionOfInterest .*must not stand beside regions/,
    ],
    ['what is not YAML', 'camera: [', /is not YAML: /],
    ['a key given twice', 'camera: 1\ncamera: 2', /is not YAML: Map keys must be unique/],
    ['a list', '- 3', /holds no sections/],
  ];
  for (const [what, text, message] of refusals) {
    it(`is refused for ${what}`, () =>
      withFile(text, async (file) => {
        await assert.rejects(loadConfig({ file }), (error) => {
          assert.ok(error instanceof InkError);
          assert.equal(error.code, 'INK_CONFIG_INVALID');
          assert.equal(error.exitCode, 2);
          assert.match(error.message, message);
          return true;
        });
      }));
  }

  it('is refused for variables and flags that name no key or a wrong value, saying which', async () => {
    const flags = ['camera.source=directory', 'camera.folder=x'];
    const rejects = (sources: object, code: string, message: RegExp) =>
      assert.rejects(loadConfig({ flags, ...sources }), { code, message });
    await rejects({ environment: { INKCAST_MQTT_ULR: 'x' } }, 'INK_CONFIG_INVALID', /INKCAST_MQTT_ULR names no/);
    await rejects(
      { environment: { INKCAST_INFERENCE_THREADS: 'many' } },
      'INK_CONFIG_INVALID',
      /inference\.threads is "many"; .*\(in the environment \(INKCAST_INFERENCE_THREADS\)\)/,
    );
    await rejects({ flags: ['mqtt.ulr=x'] }, 'INK_CONFIG_INVALID', /mqtt\.ulr is not a configuration key/);
    await rejects({ flags: ['mqtt.url'] }, 'INK_USAGE', /"mqtt\.url" is not of the form key=value/);
    await assert.rejects(loadConfig({ file: '/nowhere/inkcast.yaml' }), { code: 'INK_CONFIG_UNREADABLE' });
  });

  it('field report 7: takes a value or refuses it with one sentence, whatever stands at whatever key', async () => {
    const keys = [...new Set(configKeys().map(({ path }) => path.join('.')))].filter((key) => key !== 'camera.source');
    const numbers = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(-1, 0, 2 ** 53, 1e308, -0.5));
    const texts = fc.oneof(fc.string(), fc.constantFrom('', 'abc', '1.2.3', '-1', '\0', '%', 'd'.repeat(99)));
    const values = fc.oneof(numbers, texts, fc.boolean(), fc.constant(null), fc.array(fc.oneof(numbers, texts)));
    const sources = fc.constantFrom('directory', 'rpicam', 'raspistill', 'v4l2', 'http', 'rtsp', 'video', 'watch');
    const settings = fc.array(fc.tuple(fc.constantFrom(...keys), values), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(sources, settings, async (source, set) => {
        const flags = set.map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
        await loadConfig({ flags: [`camera.source=${source}`, ...flags] }).catch((error: unknown) => {
          assert.ok(error instanceof InkError, String(error));
          assert.equal(error.code, 'INK_CONFIG_INVALID');
          assert.match(error.message, /^\S.*\.$/s);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('takes an expected form as a pattern, a list of them, or numbers, and says what is wrong with another', async () => {
    const flags = (expect: string) => ['camera.source=directory', 'camera.folder=x', `reading.expect=${expect}`];
    const forms = ['dd:dd', '[dd, ddd.dd]', '{ digits: [2, 4], rows: 1 }'];
    const loaded = await Promise.all(forms.map((form) => loadConfig({ flags: flags(form) })));
    assert.deepEqual(
      loaded.map(({ reading }) => reading.expect),
      ['dd:dd', ['dd', 'ddd.dd'], { digits: [2, 4], rows: 1 }],
    );
    for (const [wrong, message] of [
      ['4', /reading\.expect is 4; it must be a pattern such as "dd:dd", a list/],
      ['[dd, x]', /reading\.expect\[1\] is "x"; it must be a pattern with d for each digit/],
      ['{ digits: [3, 2] }', /reading\.expect\.digits is \[3,2\]; it must not have/],
      ['{}', /reading\.expect is \{\}; it must say how many digits or rows/],
    ] as const) {
      await assert.rejects(loadConfig({ flags: flags(wrong) }), message);
    }
  });

  describe('of a sensor in Home Assistant', () => {
    const load = (classes: Readonly<Record<string, string>>) =>
      loadConfig({
        flags: [
          ...['camera.source=directory', 'camera.folder=pictures'],
          ...Object.entries(classes).map(([key, value]) => `homeassistant.${key}=${value}`),
        ],
      });

    it('field report 5: takes what Home Assistant takes together', async () => {
      for (const classes of [
        { deviceClass: 'energy', unit: 'kWh', stateClass: 'total_increasing' },
        { deviceClass: 'gas', unit: 'm³', stateClass: 'total' },
        { deviceClass: 'water', unit: 'L' },
        { deviceClass: 'temperature', unit: '°C', stateClass: 'measurement' },
        { deviceClass: 'monetary', unit: 'EUR', stateClass: 'total' },
        { deviceClass: 'power_factor' },
        { deviceClass: 'weight', unit: '\u00b5g' },
        { deviceClass: 'weight', unit: '\u03bcg' },
        { unit: 'knots of yarn', stateClass: 'total' },
      ]) {
        assert.deepEqual({ ...(await load(classes)).homeassistant, ...classes }, (await load(classes)).homeassistant);
      }
    });

    it('field report 5: refuses what Home Assistant would refuse, and says what it takes', async () => {
      const cases: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
        [{ deviceClass: 'energie' }, /deviceClass is "energie"; it must be one of .*"energy"/],
        [
          { deviceClass: 'energy', unit: 'm³' },
          /unit is "m³"; it must be one of J, .*kWh.* with the device class energy/,
        ],
        [{ deviceClass: 'gas' }, /unit is missing; it must be one of m³, .* with the device class gas/],
        [{ deviceClass: 'water', unit: 'm3' }, /unit is "m3"; it must be one of m³/],
        [{ deviceClass: 'aqi', unit: '%' }, /unit is "%"; it must be left out with the device class aqi/],
        [
          { deviceClass: 'energy', unit: 'kWh', stateClass: 'measurement' },
          /stateClass is "measurement"; it must be one of total, total_increasing, or left out, with the device class energy/,
        ],
        [
          { deviceClass: 'humidity', unit: '%', stateClass: 'total' },
          /stateClass is "total"; it must be measurement, or/,
        ],
        [
          { deviceClass: 'wind_direction', unit: '°', stateClass: 'total' },
          /stateClass is "total"; it must be left out/,
        ],
      ];
      for (const [classes, sentence] of cases) {
        await assert.rejects(load(classes), (error) => {
          assert.ok(error instanceof InkError && error.code === 'INK_CONFIG_INVALID', String(error));
          assert.match(error.message, sentence);
          return true;
        });
      }
    });
  });

  it('does not show passwords in its errors', () =>
    withFile(`${CAMERA}mqtt:\n  password: 4711\n`, async (file) => {
      await assert.rejects(loadConfig({ file }), ({ message }: Error) => !message.includes('4711'));
      const environment = { INKCAST_MQTT_PASSWORD: 'x', INKCAST_MQTT_URL: 'http://me:4711@host' };
      await assert.rejects(loadConfig({ file, environment }), ({ message }: Error) => {
        assert.match(message, /"http:\/\/\*\*\*@host"/);
        return true;
      });
      // Not encoded as an address wants it, as people type it.
      const typed = { INKCAST_MQTT_PASSWORD: 'x', INKCAST_MQTT_URL: 'mqtt://me:word/4711@host' };
      await assert.rejects(loadConfig({ file, environment: typed }), ({ message }: Error) => !message.includes('4711'));
    }));

  it('has a sample that is valid and says the defaults, also where it is commented out', async () => {
    const root = fileURLToPath(new URL('../../..', import.meta.url));
    const file = join(root, 'config.example.yaml');
    const sample = await loadConfig({ file });
    const least = await loadConfig({
      flags: ['camera.source=directory', `camera.folder=${resolve(root, 'assets/scenes/photos')}`],
    });
    assert.deepEqual(sample, least);
    const whole = (await readFile(file, 'utf8')).replaceAll(/^( *)# ( *[a-zA-Z]+:( |$))/gm, '$1$2');
    const named = Object.keys(parse(whole));
    assert.deepEqual(named.toSorted(), [...new Set(configKeys().map(({ path }) => path[0]))].toSorted());
    await withFile(whole, (uncommented) => loadConfig({ file: uncommented }));
  });
});
