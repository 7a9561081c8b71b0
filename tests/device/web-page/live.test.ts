import assert from 'node:assert/strict';
import { arrived, cutOff, freshnessAt, NOTHING_ARRIVED } from '../../../device/web/src/live/freshness.js';
import { parseFrame } from '../../../device/web/src/live/parse-frame.js';

/** A message as the live socket sends it. */
function message(header: object, jpeg: Uint8Array): ArrayBuffer {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const whole = new Uint8Array(4 + json.length + jpeg.length);
  new DataView(whole.buffer).setUint32(0, json.length, true);
  whole.set(json, 4);
  whole.set(jpeg, 4 + json.length);
  return whole.buffer;
}

describe('a message of the live socket', () => {
  it('is a header of any letters, and a picture', () => {
    const header = { frame: 7, readings: [{ region: '水表', text: '407' }] };
    const { header: read, jpeg } = parseFrame(message(header, Uint8Array.of(0xff, 0xd8, 0xff)));
    assert.deepEqual(read, header);
    assert.deepEqual(jpeg, Uint8Array.of(0xff, 0xd8, 0xff));
  });

  it('may have no picture', () => {
    assert.equal(parseFrame(message({ frame: 7 }, Uint8Array.of())).jpeg, undefined);
  });

  it('is refused where it is cut off', () => {
    assert.throws(() => parseFrame(message({ frame: 7 }, Uint8Array.of()).slice(0, 9)), RangeError);
    assert.throws(() => parseFrame(new ArrayBuffer(2)), RangeError);
  });
});

describe('a picture', () => {
  it('is waited for, then fresh', () => {
    assert.equal(freshnessAt(1e6, NOTHING_ARRIVED), 'waiting');
    assert.equal(freshnessAt(100, arrived(0, NOTHING_ARRIVED, true)), 'fresh');
  });

  it('is lost within 3 s of the last message, however slow the camera', () => {
    const slow = arrived(60_000, arrived(0, NOTHING_ARRIVED, true), true);
    assert.equal(freshnessAt(62_400, slow), 'fresh');
    assert.equal(freshnessAt(62_999, slow), 'lost');
  });

  it('is lost at once where the connection is closed, and waited for where none came yet', () => {
    const cut = cutOff(arrived(0, NOTHING_ARRIVED, true));
    assert.equal(freshnessAt(1, cut), 'lost');
    assert.equal(freshnessAt(3, arrived(2, cut, true)), 'fresh');
    assert.equal(freshnessAt(1, cutOff(NOTHING_ARRIVED)), 'waiting');
  });

  it('is stale where messages come without a new one', () => {
    const still = arrived(4000, arrived(0, NOTHING_ARRIVED, true), false);
    assert.equal(freshnessAt(4001, still), 'stale');
  });

  it('is not stale before a slow camera takes the next', () => {
    const slow = arrived(10_000, arrived(0, NOTHING_ARRIVED, true), true);
    assert.equal(freshnessAt(20_000, arrived(19_000, slow, false)), 'fresh');
    assert.equal(freshnessAt(36_000, arrived(35_500, slow, false)), 'stale');
  });
});
