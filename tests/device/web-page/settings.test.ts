import assert from 'node:assert/strict';
import { type Setting, valueOfSetting } from '../../../device/web/src/api/index.js';
import { chartOf, queryOf } from '../../../device/web/src/history/filter.js';
import { screenOf } from '../../../device/web/src/page/route.js';
import { controlFor, isIssueOf, isThere, rangeOf, textOf, valueFrom } from '../../../device/web/src/settings/values.js';
import { answersFrom } from '../../../device/web/src/setup/setup-form.js';

const setting = (path: string, more: Partial<Setting> = {}): Setting => ({
  path,
  description: '',
  schema: {},
  live: true,
  secret: false,
  fileOnly: false,
  isSet: false,
  ...more,
});

describe('a setting', () => {
  it('is edited by what its schema says', () => {
    assert.equal(controlFor({ type: 'string', enum: ['a', 'b'] }), 'choice');
    assert.equal(controlFor({ type: 'boolean' }), 'switch');
    assert.equal(controlFor({ type: 'integer' }), 'number');
    assert.equal(controlFor({ type: 'string' }), 'text');
    assert.equal(controlFor({ anyOf: [] }), 'structure');
  });

  it('keeps its kind from text to value and back', () => {
    for (const [value, schema] of [
      ['0123', { type: 'string' }],
      [1.5, { type: 'number' }],
      [false, { type: 'boolean' }],
      [[{ name: 'water' }], { type: 'array' }],
      ['ddd.dd', { anyOf: [] }],
      [5, { enum: [3, 5] }],
    ] as const) {
      assert.deepEqual(valueFrom(textOf(value), schema), value);
    }
  });

  it('goes back to its default with an empty text', () => {
    assert.equal(valueFrom('', { type: 'number' }), null);
  });

  it('is sent as it was typed where it is no value: the device says what is wrong', () => {
    assert.equal(valueFrom('ten', { type: 'number' }), 'ten');
    assert.equal(valueFrom('[1', { type: 'array' }), '[1');
  });

  it('names the bounds that are meant', () => {
    assert.deepEqual(rangeOf({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }), {
      least: 1,
      above: undefined,
      most: undefined,
    });
  });

  it('is there with the choice that it belongs to', () => {
    const url = setting('camera.url', { when: { path: 'camera.source', value: 'http' } });
    assert.ok(isThere(url, () => 'http'));
    assert.ok(!isThere(url, () => 'rpicam'));
  });

  it('owns the issues within it, and no others', () => {
    assert.ok(isIssueOf('vision.regions[0].name', 'vision.regions'));
    assert.ok(isIssueOf('vision.regions.0.name', 'vision.regions'));
    assert.ok(!isIssueOf('vision.regionsOfOld', 'vision.regions'));
  });

  it('may be a section, whose keys come one by one', () => {
    const keys = [
      setting('vision.regionOfInterest.x', { value: 0.25 }),
      setting('vision.regionOfInterest.width', { value: 0.5 }),
      setting('vision.regions', { value: [] }),
    ];
    assert.deepEqual(valueOfSetting(keys, 'vision.regionOfInterest'), { x: 0.25, width: 0.5 });
    assert.deepEqual(valueOfSetting(keys, 'vision.regions'), []);
    assert.equal(valueOfSetting(keys, 'vision.perspective'), undefined);
  });
});

describe('the history', () => {
  it('is asked for a day by its first and last moment', () => {
    const { from, to, kind } = queryOf({ day: '2026-11-28', kind: 'digits_changed', region: '' });
    assert.equal(new Date(from).toString().slice(0, 24), 'Sat Nov 28 2026 00:00:00');
    assert.equal(new Date(to).toString().slice(0, 24), 'Sat Nov 28 2026 23:59:59');
    assert.equal(kind, 'digits_changed');
    assert.equal(queryOf({ day: '', kind: '', region: '' }).from, undefined);
  });

  it('is drawn oldest first, a line for each region, with gaps where nothing is in view', () => {
    const event = (second: number, text: string, region: string, value?: string | null) => ({
      id: `01JD000000000000000000000${second}`,
      event_type: 'digits_changed' as const,
      text,
      confidence: 1,
      capturedAt: `2026-11-28T00:00:0${second}Z`,
      model: 'digits@1.0.0',
      picture: false,
      region,
      ...(value === undefined ? {} : { value }),
    });
    assert.deepEqual(chartOf([event(2, '', 'gas', null), event(1, '4070', 'gas', '40.70')]).values, [[40.7, null]]);
    const { regions, times, values } = chartOf([
      event(3, '', 'water'),
      event(2, '7', 'gas'),
      event(1, '40\n70', 'water'),
    ]);
    assert.deepEqual(regions, ['water', 'gas']);
    assert.deepEqual(
      times.map((time) => time - times[0]),
      [0, 1, 2],
    );
    assert.deepEqual(values, [
      [4070, undefined, null],
      [undefined, 7, undefined],
    ]);
  });
});

describe('the address', () => {
  it('names a screen, or the live one', () => {
    assert.equal(screenOf('#/settings'), 'settings');
    assert.equal(screenOf('#/nothing'), 'live');
    assert.equal(screenOf(''), 'live');
  });
});

describe('the first steps', () => {
  it('send user and password only where they were named', () => {
    const typed = { camera: '', otherCamera: ' http://cam ', name: 'a', broker: 'b', username: '', password: '' };
    assert.deepEqual(answersFrom(typed), { camera: 'http://cam', name: 'a', broker: 'b' });
    assert.deepEqual(answersFrom({ ...typed, camera: 'rpicam', username: 'u', password: 'p' }), {
      camera: 'rpicam',
      name: 'a',
      broker: 'b',
      username: 'u',
      password: 'p',
    });
  });
});
