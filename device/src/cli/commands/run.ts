import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { interruptible, type Terminal } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import type { CommandModule } from 'yargs';
import { createDaemon, type Daemon } from '../../daemon/index.js';
import { openLog } from '../../log/index.js';
import { PageSetup } from '../../setup/index.js';
import { type ConfigArguments, configOf, fileToWrite, sourcesOf, withConfigOptions } from '../config-options.js';
import { version } from '../version.js';

/** A clean stop must take less than 5 s, so the daemon stops waiting for a silent broker after this time. */
const STOP_MS = 4500;

/** `inkcast run`: the daemon. */
export const runCommand = (terminal: Terminal): CommandModule<object, ConfigArguments> => ({
  command: 'run',
  describe: 'Read camera frames and publish readings until stopped',
  builder: (yargs) =>
    withConfigOptions(yargs)
      .example('$0 run --config config.example.yaml', 'Read the sample scenes')
      .example('$0 run --config my.yaml --set mqtt.url=mqtt://broker --set log.level=debug', 'With other values')
      .example('-e run --config my.yaml --set log.format=json', 'With a log for programs, also on a terminal')
      .example('INKCAST_MQTT_URL=mqtt://broker $0 run --config my.yaml', 'The same by the environment')
      .epilogue('SIGTERM or Ctrl-C stops it cleanly. docs/guide/configuration.md describes every key.'),
  handler: async (args) => {
    const warnings: string[] = [];
    const config = await configOf(args, (warning) => warnings.push(warning)).catch((error: unknown) => {
      for (const warning of warnings) terminal.note(warning);
      throw error;
    });
    const log = openLog(config.log, terminal);
    for (const warning of warnings) log.warn({ part: 'config' }, warning);
    const { file, ...others } = await sourcesOf(args);
    const sources = { ...others, ...(file === undefined ? {} : { file: resolve(file) }) };
    const setup = new PageSetup({ config: resolve(file ?? fileToWrite()), searchPath: process.env.PATH });
    const daemon = await createDaemon(config, log, version(), { setup, sources });
    await interruptible((signal) => runUntil(daemon, signal));
  },
});

/** Runs a daemon until the signal or the last frame. @throws InkError that the camera ended with */
async function runUntil(daemon: Daemon, signal: AbortSignal): Promise<void> {
  const stopped = new AbortController();
  const ended = once(daemon, 'ended', { signal: stopped.signal });
  const asked = signal.aborted ? Promise.resolve([]) : once(signal, 'abort', { signal: stopped.signal });
  try {
    await daemon.start();
    const [error] = await Promise.race([ended, asked.then(() => [undefined])]);
    if (error instanceof InkError) throw error;
  } finally {
    stopped.abort();
    await Promise.allSettled([ended, asked]);
    await stopWithin(daemon, STOP_MS);
  }
}

async function stopWithin(daemon: Daemon, ms: number): Promise<void> {
  const timer = new AbortController();
  const late = wait(ms, 'late', { signal: timer.signal }).catch(() => undefined);
  const outcome = await Promise.race([daemon.stop(), late]);
  timer.abort();
  if (outcome !== 'late') return;
  throw new InkError('INK_STOP_LATE', `The daemon did not stop within ${ms / 1000} s.`);
}
