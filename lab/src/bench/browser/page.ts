import { z } from 'zod';
import { TimedReader } from './timed-reader.js';

// The script of the page that `TimedPage` serves. It leaves the reader where the benchmark asks for rounds.

const sizesSchema = z.array(z.object({ width: z.int(), height: z.int() }));

const bytesAt = async (path: string): Promise<Uint8Array> => new Uint8Array(await (await fetch(path)).arrayBuffer());

async function open(): Promise<TimedReader> {
  const sizes = sizesSchema.parse(await (await fetch('frames.json')).json());
  const [vision, engine, ...lumas] = await Promise.all(
    ['vision.wasm', 'engine.wasm', ...sizes.map((_, index) => `frames/${index}`)].map(bytesAt),
  );
  const frames = sizes.map((size, index) => ({ ...size, gray: lumas[index] }));
  return TimedReader.open({ vision, engine, read: (file) => bytesAt(`model/${file}`) }, frames);
}

Object.assign(globalThis, { timed: open() });
