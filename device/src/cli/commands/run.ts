import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { interruptible, type Terminal } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import type { CommandModule } from 'yargs';
import { noCamera } from '../../camera/index.js';
import type { Config } from '../../config/index.js';
import { createDaemon, type Daemon } from '../../daemon/index.js';
import { openLog } from '../../log/index.js';
import { collectSooner } from '../../machine/index.js';
import { serviceManagerOf } from '../../service/index.js';
import { PageSetup } from '../../setup/index.js';
import { type ConfigArguments, configOf, firstFile, sourcesOf, withConfigOptions } from '../config-options.js';
import { version } from '../version.js';

/** A clean stop must take less than 5 s, so the daemon stops waiting for a silent broker after this time. */
const STOP_MS = 4500;

/** `inkcast run`: the daemon. */
export const runCommand = (terminal: Terminal): CommandModule<object, ConfigArguments> => ({
  command: 'run',
  describe: 'Read camera frames and publish readings until stopped',
  builder: (yargs) =>
    withConfigOptions(yargs)
      .example('$0 run', 'Without a configuration: serve the page, whose first steps write one')
      .example('$0 run --config config.example.yaml', 'Read the sample scenes')
      .example('$0 run --config my.yaml --set mqtt.url=mqtt://broker --set log.level=debug', 'With other values')
      .example('-e run --config my.yaml --set log.format=json', 'With a log for programs, also on a terminal')
      .example('INKCAST_MQTT_URL=mqtt://broker $0 run --config my.yaml', 'The same by the environment')
      .epilogue('SIGTERM or Ctrl-C stops it cleanly. docs/guide/configuration.md describes every key.'),
  handler: (args) =>
    interruptible(async (signal) => {
      // A service manager starts a new process by itself.
      const startsAgain = !serviceManagerOf(process.env).restarts;
      let last: Run | undefined;
      do {
        last = await runUntil(await openDaemon(args, terminal, startsAgain, last?.page), signal, startsAgain);
      } while (last.isRestartAsked);
    }),
});

/** @param page where the page of the daemon before was, if there was one: it stays there */
async function openDaemon(
  args: ConfigArguments,
  terminal: Terminal,
  startsAgain: boolean,
  page: string | undefined,
): Promise<Daemon> {
  const warnings: string[] = [];
  const config = await configOf(args, (warning) => warnings.push(warning)).catch((error: unknown) => {
    for (const warning of warnings) terminal.note(warning);
    throw error;
  });
  // Nobody could ever configure one.
  if (config.camera === undefined && !config.web.enabled) throw noCamera();
  const log = await openLog(config.log, terminal);
  for (const warning of warnings) log.warn({ part: 'config' }, warning);
  const { file, ...others } = await sourcesOf(args);
  const sources = { ...others, ...(file === undefined ? {} : { file: resolve(file) }) };
  const setup = new PageSetup({
    config: resolve(file ?? (await firstFile())),
    searchPath: process.env.PATH,
    stateFolder: process.env.STATE_DIRECTORY,
  });
  return createDaemon(withPageAt(config, page), log, version(), { setup, sources, startsAgain });
}

/** With the port of a page that is open in browsers, where any port will do. */
function withPageAt(config: Config, page: string | undefined): Config {
  const { web } = config;
  if (page === undefined || web.port !== 0) return config;
  return { ...config, web: { ...web, port: Number(new URL(page).port) } };
}

/** How a daemon has ended. */
interface Run {
  readonly isRestartAsked: boolean;
  /** Where its page was. */
  readonly page: string | undefined;
}

/** Runs a daemon until the signal, the last frame or a wish for a restart. @throws InkError that the camera ended with */
async function runUntil(daemon: Daemon, signal: AbortSignal, startsAgain: boolean): Promise<Run> {
  const stopped = new AbortController();
  const ended = once(daemon, 'ended', { signal: stopped.signal });
  const asked = signal.aborted ? Promise.resolve([]) : once(signal, 'abort', { signal: stopped.signal });
  try {
    await daemon.start();
    collectSooner();
    const { page } = daemon;
    const [error] = await Promise.race([ended, asked.then(() => [undefined])]);
    const isRestartAsked = startsAgain && error instanceof InkError && error.code === 'INK_RESTART_ASKED';
    if (error instanceof InkError && !isRestartAsked) throw error;
    return { isRestartAsked, page };
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
