import { mkdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { deviceTopics, eventSchema } from '@inkcast/shared/messages';
import { Watcher } from '../../broker/index.js';
import { MeasuredDaemon, type Readout } from '../measured-daemon.js';
import { type Quantiles, quantiles } from '../statistics.js';

const NAME = 'bench';
const TOPICS = deviceTopics('inkcast', NAME);
/** The compiler and the heap settle within this time. A shorter measurement shows only that everything runs. */
const MAX_SETTLE_MS = 3000;

/** What a daemon costs. */
export interface Cost {
  readonly framesPerSecond: number;
  /** Share of one core, in percent. */
  readonly processorPercent: number;
  readonly residentMegabytes: number;
}

export interface Flow extends Cost {
  readonly processorMsPerFrame: number;
  /** Milliseconds from the arrival of a frame to its event at a subscriber; null if there was no event. */
  readonly frameToMessageMs: Quantiles | null;
  readonly messages: number;
}

/** A daemon with a broker, and a subscriber that notes when its events arrive. */
export class WatchedDaemon {
  /** From the start of the process to the first event at the subscriber. */
  readonly firstReadingMs: number;
  readonly #daemon: MeasuredDaemon;
  readonly #watcher: Watcher;
  #delays: number[] = [];

  private constructor(daemon: MeasuredDaemon, watcher: Watcher, firstReadingMs: number) {
    this.#daemon = daemon;
    this.#watcher = watcher;
    this.firstReadingMs = firstReadingMs;
    watcher.client.on('message', (topic, payload) => {
      if (topic !== TOPICS.event) return;
      const { capturedAt } = eventSchema.parse(JSON.parse(payload.toString('utf8')));
      this.#delays.push(Date.now() - Date.parse(capturedAt));
    });
  }

  /**
   * Resolves with the first event.
   *
   * @param folder for configuration and state, which is made
   * @param camera section of the configuration
   */
  static async start(folder: string, url: string, camera: object): Promise<WatchedDaemon> {
    await mkdir(folder);
    const watcher = await Watcher.connect(url, [TOPICS.event, TOPICS.response('pause')]);
    const begun = performance.now();
    // Without the time of agreement, each change of the scene is an event at once.
    const reading = { tracking: { agreementMs: 0 } };
    const sections = { device: { name: NAME }, camera, reading, mqtt: { url } };
    try {
      const daemon = await MeasuredDaemon.start(folder, sections);
      await watcher.next(TOPICS.event);
      return new WatchedDaemon(daemon, watcher, performance.now() - begun);
    } catch (error) {
      await watcher.end();
      throw error;
    }
  }

  /** Measures it for some time. */
  async flow(seconds: number): Promise<Flow> {
    await settle(seconds);
    this.#delays = [];
    const [before, after] = await this.#during(seconds);
    const delays = this.#delays;
    return {
      ...costOf(before, after),
      processorMsPerFrame: (after.processorMs - before.processorMs) / (after.frames - before.frames),
      frameToMessageMs: delays.length === 0 ? null : quantiles(delays),
      messages: delays.length,
    };
  }

  async cost(seconds: number): Promise<Cost> {
    await settle(seconds);
    return costOf(...(await this.#during(seconds)));
  }

  /** Lets it read nothing. */
  async pause(): Promise<void> {
    await this.#watcher.client.publishAsync(TOPICS.request('pause'), '{}', { qos: 1 });
    await this.#watcher.next(TOPICS.response('pause'));
  }

  async stop(): Promise<void> {
    await this.#daemon.stop();
    await this.#watcher.end();
  }

  async #during(seconds: number): Promise<[Readout, Readout]> {
    const before = await this.#daemon.read();
    await wait(seconds * 1000);
    return [before, await this.#daemon.read()];
  }
}

const settle = (seconds: number): Promise<void> => wait(Math.min(MAX_SETTLE_MS, 1000 * seconds));

function costOf(before: Readout, after: Readout): Cost {
  const ms = after.at - before.at;
  return {
    framesPerSecond: (1000 * (after.frames - before.frames)) / ms,
    processorPercent: (100 * (after.processorMs - before.processorMs)) / ms,
    residentMegabytes: after.residentBytes / 1e6,
  };
}
