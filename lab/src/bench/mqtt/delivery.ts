import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { decodePicture, WORKING_SIDE } from '@inkcast/device/camera';
import { openReadingEngine } from '@inkcast/device/daemon';
import { openCheckedBundle } from '@inkcast/device/inference';
import { EventSender, MqttConnection } from '@inkcast/device/mqtt';
import { EventStore } from '@inkcast/device/storage';
import { eventSchema } from '@inkcast/shared/messages';
import { sampleEvent, Watcher } from '../../broker/index.js';
import { inRepository } from '../../repository/index.js';
import { type Quantiles, quantiles } from '../statistics.js';
import { fail, ignore, withBroker } from './broker.js';

const TOPIC = 'inkcast/bench/event';
const BURST = 5_000;
const FRAMES = 200;

export interface Delivery {
  /** Events per second, from the first one that is put to the last one on the disk. */
  readonly storedPerSecond: number;
  /** Events per second, from the first one that is put to the last one at a subscriber. */
  readonly deliveredPerSecond: number;
  /** Milliseconds from a decoded frame to its event at a subscriber, including the flush of the event to the disk. */
  readonly frameToSubscriberMs: Quantiles;
  /** The same without vision and inference. */
  readonly eventToSubscriberMs: Quantiles;
  /** The same message by the mqtt package alone, without a queue on the disk. */
  readonly bareMs: Quantiles;
}

/** One device: store, sender, connection; one subscriber at the same broker. */
export function measureDelivery(): Promise<Delivery> {
  return withBroker(async (url, folder) => {
    const store = new EventStore({
      folder: join(folder, 'store'),
      queue: { maxBytes: 100_000_000, maxAgeDays: 7 },
      history: { maxAgeDays: 30, maxRows: 100_000 },
      report: fail,
    });
    const connection = new MqttConnection({ settings: { url, version: '5' }, clientId: 'inkcast-bench' });
    const sender = new EventSender({ connection, queue: store, topicOf: () => TOPIC, onProblem: fail });
    await store.start();
    connection.start();
    await once(connection, 'up');
    const subscriber = await Watcher.connect(url, [TOPIC]);
    try {
      const begun = performance.now();
      const puts = Promise.all(Array.from({ length: BURST }, () => store.put(event())));
      await puts;
      const stored = performance.now();
      sender.start();
      await subscriber.until((seen) => seen.length >= BURST);
      const delivered = performance.now();
      const arrivals = new Arrivals(subscriber);
      const times = await measureFrames(sender, arrivals);
      const rate = (ms: number) => Math.round((1000 * BURST) / ms);
      return {
        storedPerSecond: rate(stored - begun),
        deliveredPerSecond: rate(delivered - begun),
        frameToSubscriberMs: quantiles(times.map(({ fromFrame }) => fromFrame)),
        eventToSubscriberMs: quantiles(times.map(({ fromEvent }) => fromEvent)),
        bareMs: quantiles(await measureBare(subscriber, arrivals)),
      };
    } finally {
      sender.stop();
      await subscriber.end();
      await connection.stop();
      await store.stop();
    }
  });
}

interface Time {
  readonly fromFrame: number;
  readonly fromEvent: number;
}

/** Reads the frames of the sample scenes one after the other, and sends the event of each before the next frame. */
async function measureFrames(sender: EventSender, arrivals: Arrivals): Promise<readonly Time[]> {
  const folder = inRepository('assets/scenes/photos');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jpg'));
  const frames = await Promise.all(names.map((name) => decodePicture(join(folder, name), WORKING_SIDE)));
  const engine = await openReadingEngine(await openCheckedBundle(inRepository('models/digits')), { onNote: ignore });
  const times: Time[] = [];
  try {
    for (let index = 0; index < FRAMES; index++) {
      const frameIn = performance.now();
      const { reading } = await engine.reader.read(frames[index % frames.length]);
      const read = event(reading.text.slice(0, 9));
      const eventIn = performance.now();
      const arrived = arrivals.of(read.id);
      await sender.report(read);
      const at = await arrived;
      times.push({ fromFrame: at - frameIn, fromEvent: at - eventIn });
    }
  } finally {
    engine.close();
  }
  return times;
}

/** A client of the mqtt package publishes an event to itself, one after the other. */
async function measureBare({ client }: Watcher, arrivals: Arrivals): Promise<readonly number[]> {
  const times: number[] = [];
  for (let index = 0; index < FRAMES; index++) {
    const sent = event();
    const arrived = arrivals.of(sent.id);
    const begun = performance.now();
    await client.publishAsync(TOPIC, JSON.stringify(sent), { qos: 1 });
    times.push((await arrived) - begun);
  }
  return times;
}

/** The arrival times of events, by id. */
class Arrivals {
  readonly #waiting = new Map<string, (at: number) => void>();

  constructor({ client }: Watcher) {
    client.on('message', (_topic, payload) => {
      const at = performance.now();
      this.#waiting.get(eventSchema.parse(JSON.parse(payload.toString('utf8'))).id)?.(at);
    });
  }

  of(id: string): Promise<number> {
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }
}

function event(text = '407') {
  return sampleEvent(text, { capturedAt: new Date().toISOString() });
}
