import { once } from 'node:events';
import { SimulatedDevice } from '../broker/index.js';

/** Devices that connect at once. More of them only wait for one another in the queue of the listening socket. */
const BATCH = 100;

export interface FleetOptions {
  readonly devices: number;
  /** The broker of each device, by its number. */
  readonly urlOf: (index: number) => string;
  readonly version: '5' | '3.1.1';
}

/** Simulated devices that report events, each through the connection and the sender of a real one. */
export class EventFleet {
  readonly #devices: readonly SimulatedDevice[];
  readonly #reported: string[] = [];

  constructor({ devices, urlOf, version }: FleetOptions) {
    this.#devices = Array.from(
      { length: devices },
      (_, index) => new SimulatedDevice({ url: urlOf(index), name: `device-${index}`, version }),
    );
  }

  /** Resolves when all devices have connected. */
  async start(): Promise<void> {
    for (let first = 0; first < this.#devices.length; first += BATCH) {
      const batch = this.#devices.slice(first, first + BATCH);
      const up = batch.map(({ connection }) => once(connection, 'up'));
      for (const device of batch) device.start();
      await Promise.all(up);
    }
  }

  /** Lets every device report one event. It stays queued in the device until a broker has acknowledged it. */
  report(text: string): void {
    for (const device of this.#devices) this.#reported.push(device.report(text));
  }

  /** The ids of all events so far. */
  get reported(): readonly string[] {
    return this.#reported;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#devices.map((device) => device.stop()));
  }
}
