import assert from 'node:assert/strict';
import { configKeys } from '@inkcast/device/config';
import { Settings } from '@inkcast/device/settings';
import { ERROR_CATALOG, InkError } from '@inkcast/shared/errors';
import { describedIn, issueIn, toldIn } from '../../../device/web/src/words/index.js';
import * as zh from '../../../device/web/src/words/zh-device.js';

const CHINESE = /\p{Script=Han}/u;

describe('what the device says, in Chinese', () => {
  it('has a summary and a remedy for every code, and for none that there is not', () => {
    assert.deepEqual(Object.keys(zh.errors).toSorted(), Object.keys(ERROR_CATALOG).toSorted());
    for (const [code, texts] of Object.entries(zh.errors)) for (const text of texts) assert.match(text, CHINESE, code);
  });

  it('names the keys that the English remedy names', () => {
    for (const [code, [summary, remedy]] of Object.entries(zh.errors)) {
      const english = Object.entries(ERROR_CATALOG).find(([known]) => known === code)?.[1].remedy ?? '';
      const names = english.match(/\b[a-z]+(?:\.[a-zA-Z]+)+\b/g) ?? [];
      const known = names.filter((name) => configKeys().some(({ path }) => path.join('.') === name));
      for (const name of known) assert.ok(`${summary}${remedy}`.includes(name), `${code}: ${name}`);
    }
  });

  it('describes every key, and none that there is not', async () => {
    const { keys } = await new Settings({ sources: {}, mayChangePrograms: false }).describe();
    const english = new Set([...configKeys(), ...keys].map(({ description }) => description));
    assert.deepEqual(Object.keys(zh.descriptions).toSorted(), [...english].toSorted());
    for (const text of Object.values(zh.descriptions)) assert.match(text, CHINESE);
  });

  it('keeps what is said of this one case, and what it has no words for', () => {
    const error = new InkError('INK_CAMERA_FAILED', 'rpicam-vid ended with 255.');
    const { message, original } = toldIn(zh, error);
    assert.match(message, CHINESE);
    assert.equal(original, `rpicam-vid ended with 255. ${error.remedy}`);
    const unknown = { code: 'INK_FROM_TOMORROW', message: 'Something new.', remedy: 'See.' };
    assert.deepEqual(toldIn(zh, unknown), { message: 'Something new.', remedy: 'See.' });
    assert.deepEqual(toldIn(undefined, unknown), { message: 'Something new.', remedy: 'See.' });
    assert.equal(describedIn(zh, 'A key from tomorrow'), 'A key from tomorrow');
  });

  it('says of a refused value what it is and what it must be', () => {
    for (const [english, chinese] of [
      ['camera.rate is 0; it must be at least 0.001.', 'camera.rate 是 0；必须不小于 0.001。'],
      [
        'camera.url is missing; it must be an address that begins with rtsp://, with a host, and with a port from 0 to 65535 if there is one.',
        '缺少 camera.url；必须是以这些开头的地址：rtsp://；须含主机名，端口若有则为 0 至 65535。',
      ],
      [
        'log.level is "loud"; it must be one of "info", "warn".',
        'log.level 是 "loud"；必须是以下之一："info", "warn"。',
      ],
      ['log.colour is no key that Inkcast knows.', 'Inkcast 不认识 log.colour。'],
      ['mqtt.image is true; it must be a section with keys of its own.', 'mqtt.image 是 true；必须是含有键的一节。'],
    ] as const) {
      assert.equal(issueIn(zh, english), chinese);
    }
    assert.equal(issueIn(zh, 'It is otherwise.'), 'It is otherwise.');
  });
});
