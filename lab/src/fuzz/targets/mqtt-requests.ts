import { InkError } from '@inkcast/shared/errors';
import { deviceTopics, VERBS, type Verb } from '@inkcast/shared/messages';
import type { Random } from '@inkcast/training/random';
import { freePort, Mosquitto, openListener, Watcher } from '../../broker/index.js';
import { fuzzedBytes, pick } from '../mutate.js';
import type { OpenTarget } from '../target.js';
import { DEVICE, startDaemon } from './fuzzed-daemon.js';

const topics = deviceTopics('inkcast', DEVICE);
const HASH = 'a'.repeat(64);
const ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const REQUESTS: Readonly<Record<Verb, readonly object[]>> = {
  snapshot: [{ boxes: true, publish: true }],
  pause: [{ paused: false }],
  resume: [{}],
  config: [{}, { set: { 'reading.rules.min': '0', 'reading.tracking.holdMs': 100 } }, { set: { 'vision.x': [1] } }],
  value: [{ set: '12.5' }, { set: null, region: 'left' }, {}],
  reference: [{ action: 'set' }, { action: 'forget' }, {}],
  labels: [{ after: ID, limit: 10 }],
  model: [
    { action: 'list' },
    { action: 'use', model: 'digits@1.0.0' },
    { action: 'install', bundle: 'H4sIAAAAAAAAAwMAAAAAAAAAAAA=', sha256: HASH, use: true },
    { action: 'install', url: 'http://127.0.0.1:1/bundle.tar.gz', sha256: HASH },
  ],
  info: [{}],
};
const WORDS = [
  '"transaction":"t",',
  '__proto__',
  'constructor',
  'null',
  '-1',
  '1e999',
  '[]',
  '{}',
  '\\u0000',
  '"set":',
];
/** Refused by every verb, and answered after what came before it. */
const LAST = { transaction: { not: 'a text' } };

/** Requests over MQTT to a whole daemon behind a real broker. */
export const open: OpenTarget = async (folder) => {
  const port = await freePort();
  const broker = await Mosquitto.start(folder, openListener(port));
  const url = `mqtt://127.0.0.1:${port}`;
  const daemon = await startDaemon(folder, url, () => {});
  const watcher = await Watcher.connect(url, ['inkcast/+/response/#', 'answers/#', topics.availability]);
  await watcher.next(topics.availability);
  let last = 0;
  return {
    feed: async (random) => {
      const verb = pick(random, VERBS);
      const before = watcher.seen.length;
      const options = { qos: 1, ...(random.integer(2) === 0 ? {} : { properties: propertiesOf(random) }) } as const;
      await watcher.client.publishAsync(topics.request(verb), requestOf(random, verb), options);
      const end = `answers/last/${++last}`;
      await watcher.client.publishAsync(topics.request(verb), JSON.stringify(LAST), {
        qos: 1,
        properties: { responseTopic: end },
      });
      await watcher.next(end, before);
      const internal = watcher.seen.find(({ text }) => text.includes('INK_INTERNAL'));
      watcher.seen.length = 0;
      if (internal !== undefined) throw new InkError('INK_INTERNAL', `${verb} was answered with ${internal.text}`);
    },
    close: async () => {
      await watcher.end();
      await daemon.stop();
      await broker.stop();
    },
  };
};

function requestOf(random: Random, verb: Verb): Buffer {
  const samples = REQUESTS[verb].map((request) => Buffer.from(JSON.stringify({ transaction: 't-1', ...request })));
  return random.integer(4) === 0 ? pick(random, samples) : fuzzedBytes(random, { samples, words: WORDS });
}

function propertiesOf(random: Random) {
  return {
    responseTopic: pick(random, ['answers/here', 'answers/ü', `answers/${'x'.repeat(1 + random.integer(1000))}`]),
    correlationData: fuzzedBytes(random, { samples: [Buffer.from('correlation')], maxRandomBytes: 200 }),
  };
}
