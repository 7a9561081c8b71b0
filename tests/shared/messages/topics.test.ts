import assert from 'node:assert/strict';
import {
  baseTopicSchema,
  deviceIdFrom,
  deviceIdSchema,
  deviceTopics,
  discoveryTopic,
  parseTopic,
  VERBS,
} from '@inkcast/shared/messages';
import fc from 'fast-check';

const deviceId = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
const regionName = fc.stringMatching(/^[A-Za-z0-9_-]{1,32}$/);

describe('topics', () => {
  it('are those of the contract', () => {
    const topics = deviceTopics('inkcast', 'desk');
    assert.equal(topics.availability, 'inkcast/desk/availability');
    assert.equal(topics.region('home').reading, 'inkcast/desk/region/home/reading');
    assert.equal(topics.region('home').event, 'inkcast/desk/region/home/event');
    assert.equal(topics.request('snapshot'), 'inkcast/desk/request/snapshot');
    assert.equal(topics.response('snapshot'), 'inkcast/desk/response/snapshot');
    assert.equal(discoveryTopic('homeassistant', 'desk'), 'homeassistant/device/inkcast_desk/config');
  });

  it('are parsed with any base', () => {
    fc.assert(
      fc.property(deviceId, regionName, fc.constantFrom('inkcast', 'home/inkcast'), (device, region, base) => {
        const topics = deviceTopics(base, device);
        for (const kind of ['availability', 'reading', 'event', 'image', 'health'] as const) {
          assert.deepEqual(parseTopic(base, topics[kind]), { device, kind });
        }
        for (const kind of ['reading', 'event'] as const) {
          assert.deepEqual(parseTopic(base, topics.region(region)[kind]), { device, kind, region });
        }
        for (const verb of VERBS) {
          assert.deepEqual(parseTopic(base, topics.request(verb)), { device, kind: 'request', verb });
          assert.deepEqual(parseTopic(base, topics.response(verb)), { device, kind: 'response', verb });
        }
      }),
    );
  });

  it('of others are ignored', () => {
    for (const topic of [
      'other/desk/reading',
      'inkcast/desk',
      'inkcast/desk/readings',
      'inkcast/desk/reading/more',
      'inkcast/desk/request',
      'inkcast/desk/request/reboot',
      'inkcast/desk/request/info/more',
      'inkcast/a b/reading',
      'inkcast/desk/region',
      'inkcast/desk/region/home',
      'inkcast/desk/region/home/health',
      'inkcast/desk/region/a b/reading',
      'inkcast/desk/region/home/reading/more',
    ]) {
      assert.equal(parseTopic('inkcast', topic), undefined, topic);
    }
  });

  it('have a device id from any hostname', () => {
    fc.assert(fc.property(fc.string(), (hostname) => deviceIdSchema.safeParse(deviceIdFrom(hostname)).success));
    assert.equal(deviceIdFrom('pi.local'), 'pi-local');
  });

  it('begin with a base without wildcards and empty levels', () => {
    for (const base of ['inkcast', 'home/first floor/inkcast'])
      assert.ok(baseTopicSchema.safeParse(base).success, base);
    for (const base of ['', '/', 'a/', '/a', 'a//b', 'a/+', '#', '$SYS/a', 'a\0b']) {
      assert.equal(baseTopicSchema.safeParse(base).success, false, base);
    }
  });
});
