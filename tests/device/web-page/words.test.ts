import assert from 'node:assert/strict';
import { ago, DICTIONARIES, moment, perCent } from '../../../device/web/src/words/index.js';
import { preferredLanguage } from '../../../device/web/src/words/language.js';

describe('the texts of the page', () => {
  it('are Chinese in the Chinese dictionary, but for names', () => {
    const names = new Set(['Home Assistant', 'MQTT']);
    const english = textsOf(DICTIONARIES.en);
    const left = [...textsOf(DICTIONARIES.zh)].filter(([path, text]) => text === english.get(path) && !names.has(text));
    assert.ok(english.size > 100);
    assert.deepEqual(left, []);
  });

  it('are not empty', () => {
    for (const dictionary of Object.values(DICTIONARIES)) {
      assert.deepEqual(
        [...textsOf(dictionary)].filter(([, text]) => text.trim() === ''),
        [],
      );
    }
  });

  it("are in the first of the reader's languages that there is", () => {
    assert.equal(preferredLanguage(['fr-FR', 'zh-CN', 'en']), 'zh');
    assert.equal(preferredLanguage(['ZH-Hant']), 'zh');
    assert.equal(preferredLanguage(['fr']), 'en');
  });
});

describe('numbers and times', () => {
  it('are never rounded up to certainty', () => {
    assert.equal(perCent(0.999), '99 %');
    assert.equal(perCent(1), '100 %');
    assert.equal(perCent(0.004), '0 %');
  });

  it('are told in the largest unit that fits', () => {
    const now = Date.parse('2026-11-28T12:00:00Z');
    assert.equal(ago('2026-11-28T11:59:30Z', 'en', now), '30 sec. ago');
    assert.equal(ago('2026-11-28T09:30:00Z', 'en', now), '2 hr. ago');
    assert.equal(ago('2026-11-28T12:00:05Z', 'en', now), '0 sec. ago');
  });

  it('leave out the day where it is today', () => {
    const time = new Date(2026, 10, 28, 13, 5, 9);
    assert.equal(moment(time.toISOString(), 'en-GB', new Date(2026, 10, 28, 23)), '13:05:09');
    assert.match(moment(time.toISOString(), 'en-GB', new Date(2026, 10, 29)), /^28 Nov 2026/);
  });
});

/** Every text by its path; functions are called with letters that no dictionary has. */
function textsOf(words: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]): [string, string][] => {
      const at = `${path}.${key}`;
      if (typeof value === 'string') return [[at, value]];
      if (typeof value === 'function') return [[at, String(value('§', '§'))]];
      return [...textsOf(value, at)];
    }),
  );
}
