import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { InkError } from '@inkcast/shared/errors';
import { SimulatedDevice } from '../broker/index.js';

/**
 * Devices that connect at the same time. More of them only wait for one another, and a cluster that has to write a
 * session for each closes connections after four seconds.
 */
const AT_ONCE = 50;
/** Devices that report within this time do so together. */
const TICK_MS = 20;

export interface FleetOptions {
  readonly devices: number;
  /** The broker of each device, by its number. */
  readonly urlOf: (index: number) => string;
  readonly version: '5' | '3.1.1';
  /** How many devices report an event in a second; by default, all at once. */
  readonly perSecond?: number;
}

/** Simulated devices that report events, each through the connection and the sender of a real one. */
export class EventFleet {
  readonly #devices: readonly SimulatedDevice[];
  readonly #perSecond: number;
  readonly #reported: string[] = [];
  readonly #problems = new Map<string, number>();

  constructor({ devices, urlOf, version, perSecond = Number.POSITIVE_INFINITY }: FleetOptions) {
    this.#perSecond = perSecond;
    this.#devices = Array.from(
      { length: devices },
      (_, index) =>
        new SimulatedDevice({ url: urlOf(index), name: `device-${index}`, version, onProblem: this.#count }),
    );
    for (const { connection } of this.#devices) connection.on('concession', this.#count);
  }

  /** Resolves when all devices have connected. */
  async start(): Promise<void> {
    const waiting = [...this.#devices];
    const connectOthers = async () => {
      for (let device = waiting.shift(); device !== undefined; device = waiting.shift()) {
        const up = once(device.connection, 'up');
        device.start();
        await up;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, connectOthers));
  }

  /**
   * Lets every device report one event. It stays queued in the device until a broker has acknowledged it. Resolves when
   * all have reported.
   */
  async report(text: string): Promise<void> {
    const begun = performance.now();
    for (const [index, device] of this.#devices.entries()) {
      const ahead = (1000 * index) / this.#perSecond - (performance.now() - begun);
      if (ahead > TICK_MS) await wait(ahead);
      this.#reported.push(device.report(text));
    }
  }

  /** The ids of all events so far. */
  get reported(): readonly string[] {
    return this.#reported;
  }

  /** Number of events that wait in devices, because no broker has acknowledged them. */
  get unsent(): number {
    return this.#devices.reduce((sum, device) => sum + device.unsent, 0);
  }

  /**
   * How often devices were refused something, or went on with less, by the code of the error. Such a device would name it
   * in its health.
   */
  get problems(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#problems);
  }

  readonly #count = ({ code }: InkError): void => {
    this.#problems.set(code, (this.#problems.get(code) ?? 0) + 1);
  };

  async stop(): Promise<void> {
    await Promise.all(this.#devices.map((device) => device.stop()));
  }
}
