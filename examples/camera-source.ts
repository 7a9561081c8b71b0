// A camera of one's own: a command that writes one picture to standard output, run again and again. Prints what is
// read each time that it changes, until Ctrl-C.
//
//   npx tsx examples/camera-source.ts cat assets/scenes/photos/01-note.jpg
import { execFile } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { decodeBytes, type FrameSink, type FrameSource } from '@inkcast/device/camera';
import { openReadingEngine } from '@inkcast/device/daemon';
import { openCheckedBundle, shippedModels } from '@inkcast/device/inference';
import { SteadyReader } from '@inkcast/reader/reading';
import { asInkError } from '@inkcast/shared/errors';

const PAUSE_MS = 200;

class CommandCamera implements FrameSource {
  readonly #command: string;
  readonly #args: readonly string[];
  readonly #stopped = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(command: string, ...args: readonly string[]) {
    this.#command = command;
    this.#args = args;
  }

  async start(sink: FrameSink): Promise<void> {
    this.#running = this.#run(sink);
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
  }

  async #run(sink: FrameSink): Promise<void> {
    const { signal } = this.#stopped;
    for (let sequence = 0; !signal.aborted; sequence++) {
      try {
        const options = { encoding: 'buffer', maxBuffer: 2 ** 26, signal } as const;
        const { stdout } = await promisify(execFile)(this.#command, this.#args, options);
        const picture = await decodeBytes(stdout, this.#command);
        await sink.frame({ ...picture, capturedAt: new Date(), at: performance.now(), sequence });
      } catch (error) {
        if (!signal.aborted) sink.fault(asInkError(error));
      }
      await setTimeout(PAUSE_MS, undefined, { signal }).catch(() => {});
    }
  }
}

const [command = 'cat', ...args] = process.argv.slice(2);
const engine = await openReadingEngine(await openCheckedBundle(`${shippedModels()}/digits`));
const reader = new SteadyReader(engine.reader);
const camera = new CommandCamera(command, ...args);
await camera.start({
  frame: async (frame) => {
    const { change } = reader.take(frame, frame.capturedAt, frame.at);
    if (change !== undefined) console.log(change.text.replaceAll('\n', ' / '));
  },
  fault: (error) => console.error(String(error)),
  end: () => {},
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => camera.stop().finally(() => engine.close()));
}
