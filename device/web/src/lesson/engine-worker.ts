import { serveRuns, type WorkerTask } from '@inkcast/training/engine/portable';

// One thread of the training engine. It is blocked while it waits for runs, so it takes one message only.

addEventListener('message', ({ data }: MessageEvent<WorkerTask>) => serveRuns(data, (told) => postMessage(told)), {
  once: true,
});
