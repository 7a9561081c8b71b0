import { basename } from 'node:path';
import { WatchSource } from '@inkcast/device/camera';
import { watchOptions } from '@inkcast/device/camera/options';

// Watches a folder in a process of its own, for tests that set the date, and prints the name of each picture.
const print = (line: string) => process.stdout.write(`${line}\n`);
const [folder, settledMs] = process.argv.slice(2);
const source = new WatchSource(watchOptions.parse({ source: 'watch', folder, settledMs: Number(settledMs) }));
await source.start({
  frame: async ({ file }) => {
    print(basename(file ?? ''));
  },
  fault: ({ message }) => print(message),
  end: (error) => print(error?.message ?? 'ended'),
});
print('started');
