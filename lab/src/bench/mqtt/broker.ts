import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, Mosquitto, openListener } from '../../broker/index.js';

/** Runs `work` with a mosquitto on this machine and a temporary folder. */
export async function withBroker<T>(work: (url: string, folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'inkcast-bench-'));
  try {
    const port = await freePort();
    const broker = await Mosquitto.start(folder, [
      ...openListener(port),
      'log_type information',
      'log_type error',
      'max_queued_messages 0',
    ]);
    try {
      return await work(`mqtt://127.0.0.1:${port}`, folder);
    } finally {
      await broker.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function ignore(): void {}

export function fail(error: Error): never {
  throw error;
}
