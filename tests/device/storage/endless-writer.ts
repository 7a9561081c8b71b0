// Puts events into the store of a folder until it is killed, and prints the id of each one that is stored.

import { EventStore } from '@inkcast/device/storage';
import { sampleEvent } from '@inkcast/lab/broker';

const [folder] = process.argv.slice(2);
const store = new EventStore({
  folder,
  queue: { maxBytes: 100_000_000, maxAgeDays: 10_000 },
  history: { maxAgeDays: 10_000, maxRows: 100_000 },
  report: (error) => {
    throw error;
  },
  timing: { flushSpacingMs: 1 },
});
await store.start();
while (true) {
  const events = Array.from({ length: 10 }, () => sampleEvent());
  await Promise.all(
    events.map(async (event) => {
      await store.put(event);
      process.stdout.write(`${event.id}\n`);
    }),
  );
}
