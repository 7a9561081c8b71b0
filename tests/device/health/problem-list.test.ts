import assert from 'node:assert/strict';
import { ProblemList } from '@inkcast/device/health';
import { InkError } from '@inkcast/shared/errors';

describe('the problems in health', () => {
  it('field report 4: stay until their owner clears them, whatever another owner says of the same part', () => {
    const connection = { problems: new Map([['inkcast/desk/image', new InkError('INK_MQTT_LOST', 'It was lost.')]]) };
    const states = {
      problems: new Map([['inkcast/desk/image', new InkError('INK_MQTT_PUBLISH', 'It is too large.')]]),
    };
    const list = new ProblemList([connection, states]);
    list.set('inkcast/desk/image', new InkError('INK_CAMERA_SILENT', 'It is silent.'));
    const codes = () => list.current.map(({ code }) => code);
    assert.deepEqual(codes(), ['INK_CAMERA_SILENT', 'INK_MQTT_LOST', 'INK_MQTT_PUBLISH']);
    const [, , { since }] = list.current;
    connection.problems.clear();
    list.set('inkcast/desk/image', undefined);
    assert.deepEqual(codes(), ['INK_MQTT_PUBLISH']);
    assert.equal(list.current[0].since, since);
    states.problems.clear();
    assert.deepEqual(codes(), []);
  });

  for (const [what, years] of [
    ['on, from 1970', 56],
    ['back, from 2099', -73],
  ] as const) {
    it(`field report 6: are since when they began, though the date was set ${what}`, () => {
      let [date, running] = [Date.parse('2026-01-01T00:00:00Z'), 5000];
      const list = new ProblemList([], { date: () => date, running: () => running });
      list.set('camera', new InkError('INK_CAMERA_SILENT', 'It is silent.'));
      assert.equal(list.current[0].since, '2026-01-01T00:00:00.000Z');
      running += 60_000.4;
      date += 60_000;
      assert.equal(list.current[0].since, '2026-01-01T00:00:00.000Z', 'the same to the millisecond');
      date += years * 365 * 86_400_000;
      assert.equal(Math.round(Date.parse(list.current[0].since) / 1000), Math.round(date / 1000) - 60);
    });
  }
});
