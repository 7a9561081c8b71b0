import { once } from 'node:events';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { percent, type Terminal } from '@inkcast/shared/cli';
import { type DeviceTopics, deviceTopics, type ReadingMessage, readingSchema } from '@inkcast/shared/messages';
import { connectAsync, type MqttClient } from 'mqtt';
import { configSchema } from '../config/index.js';
import { createDaemon, type Daemon } from '../daemon/index.js';
import { openErrorLog } from '../log/index.js';
import { startEmbeddedBroker } from './embedded-broker.js';
import { freeOrAny } from './free-or-any.js';
import { readSceneLabels } from './scene-labels.js';

export interface DemoOptions {
  /** Folder of pictures with a labels.json, played as a camera. */
  readonly scenes: string;
  /** The daemon's storage folder. */
  readonly state: string;
  /** Whether to show each picture only once, instead of repeating them without end. */
  readonly once: boolean;
  readonly version: string;
}

const DEVICE = 'demo';
const BASE_TOPIC = 'inkcast';
const WEB_PORT = 8765;
/** A picture is shown for ten frames, so decisions can be faster than with a hand that holds a paper. */
const TRACKING = { agreementMs: 200, lossMs: 300, motionMs: 400, holdMs: 200, hiddenMs: 400 };
/** Time for the last messages to arrive from the broker. */
const LAST_WORDS_MS = 5000;

/**
 * Runs the whole system once: pictures as a camera, the daemon, a broker, and a client that prints the messages that it
 * receives.
 */
export async function runDemo(options: DemoOptions, terminal: Terminal, signal: AbortSignal): Promise<void> {
  const labels = await readSceneLabels(options.scenes);
  const topics = deviceTopics(BASE_TOPIC, DEVICE);
  const broker = await startEmbeddedBroker();
  try {
    const url = `mqtt://127.0.0.1:${broker.port}`;
    terminal.print(`An MQTT broker runs on port ${broker.port}; readings are published to ${topics.reading}.`);
    terminal.print(`To follow them elsewhere: mosquitto_sub -h 127.0.0.1 -p ${broker.port} -t '${BASE_TOPIC}/#' -v\n`);
    const client = await connectAsync(url);
    try {
      const daemon = await startableDaemon(options, url, terminal);
      const audience = new Audience(daemon, labels, terminal);
      client.on('message', (topic, payload) => {
        if (topic === topics.reading) audience.receive(readingSchema.parse(JSON.parse(payload.toString('utf8'))));
      });
      const offline = goodbye(client, topics);
      await client.subscribeAsync([topics.reading, topics.availability], { qos: 1 });
      await playUntilEnd(daemon, signal, () => {
        if (daemon.page !== undefined) terminal.print(`To see what the camera sees: ${daemon.page}\n`);
      });
      await Promise.race([offline, wait(LAST_WORDS_MS, undefined, { ref: false })]);
      // After an interrupted pass, pictures that were not shown would count as unread.
      if (!signal.aborted) audience.printShare();
    } finally {
      await client.endAsync();
    }
  } finally {
    await broker.stop();
  }
}

async function startableDaemon(
  { scenes, state, once: isOnce, version }: DemoOptions,
  url: string,
  terminal: Terminal,
): Promise<Daemon> {
  const config = configSchema.parse({
    device: { name: DEVICE },
    camera: { source: 'directory', folder: scenes, loop: !isOnce },
    reading: { tracking: TRACKING },
    // Aedes does not support MQTT 5.
    mqtt: { url, baseTopic: BASE_TOPIC, version: '3.1.1' },
    storage: { folder: state },
    web: { port: await freeOrAny(WEB_PORT) },
    log: { level: 'warn' },
  });
  return createDaemon(config, await openErrorLog(terminal), version);
}

/** Resolves when the device's last message, that it is offline, has arrived. */
function goodbye(client: MqttClient, topics: DeviceTopics): Promise<void> {
  return new Promise((resolve) => {
    client.on('message', (topic, payload) => {
      if (topic === topics.availability && payload.toString('utf8') === 'offline') resolve();
    });
  });
}

/** Runs the daemon until its pictures end or the signal aborts it. */
async function playUntilEnd(daemon: Daemon, signal: AbortSignal, onStart: () => void): Promise<void> {
  const ended = once(daemon, 'ended', { signal }).catch(() => undefined);
  try {
    await daemon.start();
    onStart();
    await ended;
  } finally {
    await daemon.stop();
  }
}

/** A client that receives the readings and knows the labels of the pictures. */
class Audience {
  readonly #labels: ReadonlyMap<string, readonly string[]>;
  readonly #terminal: Terminal;
  /** The picture that was shown at the time of each frame. */
  readonly #pictures = new Map<string, string>();
  /** The last reading of each picture. */
  readonly #read = new Map<string, string>();

  constructor(daemon: Daemon, labels: ReadonlyMap<string, readonly string[]>, terminal: Terminal) {
    this.#labels = labels;
    this.#terminal = terminal;
    daemon.on('frame', ({ capturedAt, file }) => {
      if (file !== undefined) this.#pictures.set(capturedAt.toISOString(), basename(file));
    });
  }

  receive({ capturedAt, rows }: ReadingMessage): void {
    const picture = this.#pictures.get(capturedAt);
    if (picture === undefined || rows.length === 0) return;
    this.#read.set(picture, rows.join(''));
    const written = this.#labels.get(picture) ?? [];
    const verdict = written.join() === rows.join() ? 'as written' : `written: ${written.join(' / ')}`;
    this.#terminal.print(`${picture.padEnd(16)} ${rows.join(' / ').padEnd(24)} ${verdict}`);
  }

  printShare(): void {
    let [digits, matching, read] = [0, 0, 0];
    for (const [picture, rows] of this.#labels) {
      const written = rows.join('');
      const got = this.#read.get(picture) ?? '';
      digits += written.length;
      read += got.length;
      matching += matchingDigits(written, got);
    }
    const share = percent(digits === 0 ? null : matching / digits);
    this.#terminal.print(
      `\n${share} of ${digits} digits were read as written; ${read - matching} were read that are not there.`,
    );
  }
}

/**
 * Number of digits that were read correctly: the longest common subsequence of both texts, so that one extra or missing
 * digit does not make all later digits wrong.
 */
function matchingDigits(written: string, read: string): number {
  let row = new Array<number>(read.length + 1).fill(0);
  for (const digit of written) {
    const next = [0];
    for (let at = 0; at < read.length; at++) {
      next.push(digit === read[at] ? row[at] + 1 : Math.max(row[at + 1], next[at]));
    }
    row = next;
  }
  return row[read.length];
}
