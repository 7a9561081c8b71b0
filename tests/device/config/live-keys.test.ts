import assert from 'node:assert/strict';
import { changeLive, liveKeys, loadConfig, shownValues } from '@inkcast/device/config';
import { InkError } from '@inkcast/shared/errors';

const load = (...flags: readonly string[]) =>
  loadConfig({ flags: ['camera.source=directory', 'camera.folder=/pictures', ...flags] });

/** Whole numbers that nothing forbids, for keys that are numbers. */
const NUMBERS = /^(reading\.tracking\.\w+|mqtt\.image\.minIntervalSeconds|reading\.rules\.(digitCount|acceptAfterMs))$/;

describe('live keys', () => {
  it('are settings of what is read and shown, and none that another part was made with', () => {
    const sections = new Set(liveKeys().map((key) => key.split('.').slice(0, 2).join('.')));
    assert.deepEqual([...sections].toSorted(), [
      'log.level',
      'mqtt.image',
      'reading.expect',
      'reading.rules',
      'reading.tracking',
      'teaching.enabled',
      'teaching.niceness',
      'teaching.queue',
      'vision.alignment',
      'vision.perspective',
      'vision.regionOfInterest',
      'vision.regions',
    ]);
  });

  it('are set by their names, each, and shown with their new values', async () => {
    const numbers = liveKeys().filter((key) => NUMBERS.test(key));
    assert.ok(numbers.length >= 8);
    const config = changeLive(await load(), Object.fromEntries(numbers.map((key, index) => [key, index + 1])));
    const shown = shownValues(config);
    assert.deepEqual(
      numbers.map((key) => shown[key]),
      numbers.map((_, index) => index + 1),
    );
  });

  it('come and go as sections, and go back to their defaults with null', async () => {
    const config = await load('reading.tracking.holdMs=9');
    const regionOfInterest = { x: 0, y: 0, width: 0.5, height: 0.5 };
    const region = changeLive(config, { 'vision.regionOfInterest': regionOfInterest });
    assert.deepEqual(region.vision.regionOfInterest, regionOfInterest);
    const page = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ];
    const straightened = changeLive(region, { 'vision.regionOfInterest': null, 'vision.perspective': page });
    const { build, alignment, regions } = config.vision;
    assert.deepEqual(straightened.vision, { build, alignment, perspective: page, regions });
    const corner = { 'vision.regionOfInterest.x': null, 'vision.regionOfInterest.y': null };
    const sides = { 'vision.regionOfInterest.width': null, 'vision.regionOfInterest.height': null };
    assert.deepEqual(changeLive(region, { ...corner, ...sides }).vision, config.vision);
    const named = { 'vision.regions': [{ name: 'home', regionOfInterest }], 'vision.regionOfInterest': null };
    assert.deepEqual(changeLive(region, named).vision.regions, [{ name: 'home', regionOfInterest }]);
    assert.deepEqual(changeLive(changeLive(region, named), { 'vision.regions': null }).vision.regions, []);
    assert.equal(changeLive(config, { 'reading.tracking.holdMs': null }).reading.tracking.holdMs, 450);
    const rules = changeLive(config, { 'reading.rules.digitCount': 5 });
    assert.equal(rules.reading.rules?.digitCount, 5);
    assert.equal(changeLive(rules, { 'reading.rules': null }).reading.rules, undefined);
    const expecting = changeLive(config, { 'reading.expect': { digits: [1, 2], rows: 1 } });
    assert.deepEqual(changeLive(expecting, { 'reading.expect': 'dd:dd' }).reading.expect, 'dd:dd');
    assert.equal(changeLive(expecting, { 'reading.expect': null }).reading.expect, undefined);
  });

  it('are refused all together where one is not live, or its value is not allowed', async () => {
    const config = await load();
    const refuses = (values: Parameters<typeof changeLive>[1], message: RegExp) =>
      assert.throws(
        () => changeLive(config, { 'log.level': 'debug', ...values }),
        (error) => error instanceof InkError && error.code === 'INK_CONFIG_INVALID' && message.test(error.message),
      );
    for (const key of ['mqtt.url', 'mqtt.password', 'device.name', 'camera.folder', 'vision.build']) {
      refuses({ [key]: 'x' }, /is not a key that can be set while the daemon runs/);
    }
    refuses({ mqtt: { image: { onChange: true } } }, /^mqtt is not a key/);
    refuses({ vision: null }, /^vision is not a key/);
    refuses({ 'reading.trackin': 1 }, /^reading\.trackin is not a key/);
    refuses({ 'constructor.name': 'x' }, /is not a key/);
    refuses({ 'reading.tracking.holdMs': -1 }, /reading\.tracking\.holdMs is -1/);
    refuses({ 'reading.tracking': { hold: 1 } }, /reading\.tracking\.hold is no key/);
    refuses({ 'vision.regionOfInterest.x': 0.5 }, /vision\.regionOfInterest\.y is missing/);
    assert.equal(config.log.level, 'info');
  });
});
