import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { changeLive, configKeys, loadConfig, MIGRATIONS, presentName, variableOf } from '@inkcast/device/config';
import { inTemporaryFolder } from '../../support/temporary-folder.js';

/** config.example.yaml of commit 8b0d21f, in which every key is set that has another name since. */
const OLD_FILE = fileURLToPath(new URL('old/8b0d21f.yaml', import.meta.url));
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const CAMERA = ['camera.source=directory', 'camera.folder=/pictures', 'reading.rules.monotonic=true'];

/** A value that each old key takes. */
const VALUES: Readonly<Record<string, string>> = {
  'reading.rules.least': '3',
  'reading.rules.greatest': '7',
  'reading.rules.mostPerHour': '2',
  'reading.tracking.restlessMs': '800',
  'mqtt.image.leastSeconds': '20',
  'homeassistant.without': '[pause]',
  'storage.history.days': '30',
  'storage.history.rows': '5000',
};

async function loaded(sources: Parameters<typeof loadConfig>[0]) {
  const warnings: string[] = [];
  const config = await loadConfig({ ...sources, onOldKey: (warning) => warnings.push(warning) });
  return { config, warnings };
}

describe('old names of keys', () => {
  it('are numbered in order, name no present key, and lead to one each', () => {
    assert.deepEqual(
      MIGRATIONS.map(({ number }) => number),
      MIGRATIONS.map((_, index) => index + 1),
    );
    const keys = new Set(configKeys().map(({ path }) => path.join('.')));
    for (const { from } of MIGRATIONS) {
      assert.ok(!keys.has(from), from);
      assert.ok(keys.has(presentName(from)), from);
    }
    assert.deepEqual(
      MIGRATIONS.map(({ from }) => from),
      Object.keys(VALUES),
    );
  });

  it('are read from a file, with one warning each that names the new one', async () => {
    const { config, warnings } = await loaded({ file: OLD_FILE });
    const { reading, mqtt, homeassistant, storage } = config;
    assert.deepEqual(reading.rules, {
      digitCount: 5,
      decimalPlaces: 2,
      min: '5',
      max: '999.99',
      monotonic: true,
      maxPerHour: '10',
      acceptAfterMs: 60_000,
    });
    assert.equal(reading.tracking.motionMs, 800);
    assert.equal(mqtt.image.minIntervalSeconds, 20);
    assert.deepEqual(homeassistant.exclude, ['pause', 'model']);
    assert.deepEqual(storage.history, { maxAgeDays: 30, maxRows: 5000 });
    assert.deepEqual(
      warnings,
      MIGRATIONS.map(({ from, to }) => `${from} is the old name of ${to} (in ${OLD_FILE}).`),
    );
  });

  for (const { from } of MIGRATIONS) {
    const to = presentName(from);

    it(`${from} is read from the environment and from --set as ${to}, with one warning each`, async () => {
      const { config } = await loaded({ flags: [...CAMERA, `${to}=${VALUES[from]}`] });
      const [oldVariable, variable] = [from, to].map((key) => variableOf(key.split('.')));
      const byVariable = await loaded({ flags: CAMERA, environment: { [oldVariable]: VALUES[from] } });
      assert.deepEqual(byVariable.config, config);
      assert.deepEqual(byVariable.warnings, [`${oldVariable} is the old name of ${variable} (in the environment).`]);
      const byFlag = await loaded({ flags: [...CAMERA, `${from}=1`, `${from}=${VALUES[from]}`] });
      assert.deepEqual(byFlag.config, config);
      assert.deepEqual(byFlag.warnings, [`${from} is the old name of ${to} (in --set).`]);
    });
  }

  it('give way to the new name in the same place, but not to one in a place that counts less', async () => {
    const file = join(ROOT, 'config.example.yaml');
    const variables = { INKCAST_READING_TRACKING_MOTION_MS: '1', INKCAST_READING_TRACKING_RESTLESS_MS: '2' };
    const orders = [variables, Object.fromEntries(Object.entries(variables).reverse())];
    for (const environment of orders) {
      assert.equal((await loaded({ file, environment })).config.reading.tracking.motionMs, 1);
    }
    const { config } = await loaded({ file, environment: variables, flags: ['reading.tracking.restlessMs=3'] });
    assert.equal(config.reading.tracking.motionMs, 3);
    await inTemporaryFolder(async (folder) => {
      const both = join(folder, 'both.yaml');
      await writeFile(
        both,
        `camera: { source: directory, folder: x }\nstorage: { history: { rows: 1, maxRows: 2 } }\n`,
      );
      const { config: settled, warnings } = await loaded({ file: both });
      assert.equal(settled.storage.history.maxRows, 2);
      assert.deepEqual(warnings, [
        `storage.history.rows is the old name of storage.history.maxRows, which is set too and counts (in ${both}).`,
      ]);
    });
  });

  it('are refused with what they are called now, where a value is not allowed, and still give their warning', async () => {
    const warnings: string[] = [];
    const load = loadConfig({
      flags: [...CAMERA, 'storage.history.rows=many'],
      onOldKey: (warning) => warnings.push(warning),
    });
    await assert.rejects(load, {
      code: 'INK_CONFIG_INVALID',
      message: /^storage\.history\.maxRows is "many"; .* \(in --set storage\.history\.rows\)\.$/,
    });
    assert.equal(warnings.length, 1);
  });

  it('are taken by live changes, alone and in a section', async () => {
    const { config } = await loaded({ flags: CAMERA });
    const warnings: string[] = [];
    const warn = (warning: string) => warnings.push(warning);
    const alone = changeLive(config, { 'mqtt.image.leastSeconds': 5, 'reading.rules.least': '2' }, warn);
    assert.deepEqual([alone.mqtt.image.minIntervalSeconds, alone.reading.rules?.min], [5, '2']);
    assert.equal(changeLive(alone, { 'reading.rules.least': null }).reading.rules?.min, undefined);
    const section = changeLive(alone, { 'mqtt.image': { leastSeconds: 7 } }, warn);
    assert.equal(section.mqtt.image.minIntervalSeconds, 7);
    assert.deepEqual(warnings, [
      'mqtt.image.leastSeconds is the old name of mqtt.image.minIntervalSeconds (in the request).',
      'reading.rules.least is the old name of reading.rules.min (in the request).',
      'mqtt.image.leastSeconds is the old name of mqtt.image.minIntervalSeconds (in the request).',
    ]);
  });

  it('stand in no page and no sample any more', async () => {
    const pages = [
      'config.example.yaml',
      'docs/guide/configuration.md',
      'docs/guide/mqtt.md',
      'docs/guide/home-assistant.md',
      'docs/guide/reading.md',
    ];
    for (const page of pages) {
      const text = await readFile(join(ROOT, page), 'utf8');
      for (const { from } of MIGRATIONS) {
        assert.ok(!text.includes(from), `${from} in ${page}`);
        assert.ok(!text.includes(variableOf(from.split('.'))), `the variable of ${from} in ${page}`);
      }
    }
  });
});
