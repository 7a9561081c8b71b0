import { asInkError, type InkError } from '@inkcast/shared/errors';
import type { HealthMessage } from '@inkcast/shared/messages';
import type { Logger } from 'pino';
import type { ServiceManager } from '../service/index.js';
import type { Daemon } from './daemon.js';
import { statusLine } from './status-line.js';

export interface ServiceReporterOptions {
  readonly manager: ServiceManager;
  readonly isConnected: () => boolean;
  readonly log: Logger;
}

/** More often than is needed, so that one that comes late is not missed. */
const FEEDS_IN_A_PERIOD = 3;
/** A frame that takes longer than this share of the watchdog's period never ends. */
const MAX_WORK_SHARE = 0.5;

/** Tells whoever started the daemon how it is: started, alive, stopping, and what a person wants to know. */
export class ServiceReporter {
  readonly #options: ServiceReporterOptions;
  /** What is in view, by region. */
  readonly #texts = new Map<string | undefined, string>();
  #health: HealthMessage | undefined;
  #told = '';
  #problem: InkError | undefined;
  #hang: InkError | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: ServiceReporterOptions) {
    this.#options = options;
  }

  /** Says that the daemon has started: it waits neither for a camera nor for a broker, since both may come later. */
  start(daemon: Daemon): void {
    const { watchdogMs } = this.#options.manager;
    this.#tell((manager) => manager.ready('Started'));
    daemon.on('reading', ({ region, text }) => {
      this.#texts.set(region, text);
      this.#update();
    });
    daemon.on('regions', (names) => {
      for (const name of this.#texts.keys()) if (!names.includes(name)) this.#texts.delete(name);
      this.#update();
    });
    daemon.on('health', (health) => {
      this.#health = health;
      this.#update();
    });
    if (watchdogMs === undefined) return;
    const feed = () => this.#feed(daemon.hang(watchdogMs * MAX_WORK_SHARE));
    feed();
    this.#timer = setInterval(feed, watchdogMs / FEEDS_IN_A_PERIOD);
  }

  /** Says that the daemon stops; nothing is told after that. */
  stop(): void {
    clearInterval(this.#timer);
    this.#tell((manager) => manager.stopping());
    this.#stopped = true;
  }

  #feed(hang: InkError | undefined): void {
    if (hang === undefined) this.#tell((manager) => manager.alive());
    else if (this.#hang === undefined) this.#options.log.error({ code: hang.code, remedy: hang.remedy }, hang.message);
    this.#hang = hang;
  }

  #update(): void {
    const { isConnected } = this.#options;
    const line = statusLine({ texts: this.#texts, health: this.#health, connected: isConnected() });
    if (line === this.#told) return;
    this.#told = line;
    this.#tell((manager) => manager.status(line));
  }

  /** A manager that cannot be reached is no reason to stop; it is warned of once. */
  #tell(say: (manager: ServiceManager) => void): void {
    if (this.#stopped) return;
    const { manager, log } = this.#options;
    try {
      say(manager);
    } catch (error) {
      const problem = asInkError(error);
      if (this.#problem === undefined) log.warn({ code: problem.code, remedy: problem.remedy }, problem.message);
      this.#problem = problem;
    }
  }
}
