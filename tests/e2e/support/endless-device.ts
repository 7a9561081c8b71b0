// A device without a camera: its events go through the real store, sender and connection, as fast as they are stored.
// Prints the id of each event after it is stored. After SIGTERM it creates no more events, and ends when all are sent.

import { EventSender, MqttConnection } from '@inkcast/device/mqtt';
import { EventStore } from '@inkcast/device/storage';
import { sampleEvent } from '@inkcast/lab/broker';

/** Number of events per burst, and the minimum time between two bursts. */
const BURST = 10;
const PAUSE_MS = 10;

const [folder, url, topic] = process.argv.slice(2);
const fail = (error: Error) => {
  throw error;
};
const store = new EventStore({
  folder,
  queue: { maxBytes: 100_000_000, maxAgeDays: 10_000 },
  history: { maxAgeDays: 10_000, maxRows: 1_000_000 },
  report: fail,
  timing: { flushSpacingMs: PAUSE_MS },
});
const connection = new MqttConnection({
  settings: { url, version: '5' },
  clientId: 'inkcast-torture',
  retryDelays: { firstMs: 20, maxMs: 200 },
});
const sender = new EventSender({ connection, queue: store, topicOf: () => topic, onProblem: fail });

let making = true;
process.on('SIGTERM', () => {
  making = false;
});

await store.start();
connection.start();
sender.start();
const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
while (making) {
  await Promise.all(
    Array.from({ length: BURST }, async () => {
      const event = sampleEvent('407', { capturedAt: new Date().toISOString() });
      await sender.report(event);
      process.stdout.write(`${event.id}\n`);
    }),
  );
  await pause();
}
while (store.depth > 0) await pause();
sender.stop();
await connection.stop();
await store.stop();
