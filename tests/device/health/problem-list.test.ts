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
});
