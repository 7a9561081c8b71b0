import { once } from 'node:events';
import { FleetMonitor } from '@inkcast/device/fleet';
import { MqttConnection } from '@inkcast/device/mqtt';
import { SimulatedDevice } from '../../broker/index.js';
import { type Quantiles, quantiles } from '../statistics.js';
import { fail, withBroker } from './broker.js';

/** Number of rounds. In each round, every device publishes a new reading, and the monitor receives all of them. */
const ROUNDS = 10;

export interface Fleet {
  readonly devices: number;
  /** Time until all devices are connected and the monitor has the state, health and reading of each. */
  readonly completeSeconds: number;
  readonly readingsPerSecond: number;
  /** Milliseconds from a device's reading to its arrival at the monitor, while all devices publish at once. */
  readonly readingToViewMs: Quantiles;
}

/** Measures many devices and one monitor at one broker. Devices and monitor share this process. */
export function measureFleet(count: number): Promise<Fleet> {
  return withBroker(async (url) => {
    const monitor = new FleetMonitor('inkcast');
    monitor.on('problem', fail);
    const watching = new MqttConnection({ settings: { url, version: '5' }, clientId: 'inkcast-bench-fleet' });
    monitor.subscribe(watching);
    watching.start();
    await once(watching, 'up');
    const devices = Array.from({ length: count }, (_, index) => new SimulatedDevice({ url, name: `device-${index}` }));
    const begun = performance.now();
    try {
      for (const device of devices) {
        device.start();
        device.say('0');
      }
      await untilAll(monitor, count, '0');
      const complete = performance.now();
      const times: number[] = [];
      for (let round = 1; round <= ROUNDS; round++) {
        process.stderr.write(`mqtt: fleet round ${round} of ${ROUNDS}\n`);
        times.push(...(await measureRound(monitor, devices, String(round))));
      }
      const seconds = (performance.now() - complete) / 1000;
      return {
        devices: count,
        completeSeconds: Math.round((complete - begun) / 100) / 10,
        readingsPerSecond: Math.round((count * ROUNDS) / seconds),
        readingToViewMs: quantiles(times),
      };
    } finally {
      await Promise.all(devices.map((device) => device.stop()));
      await watching.stop();
    }
  });
}

async function measureRound(
  monitor: FleetMonitor,
  devices: readonly SimulatedDevice[],
  text: string,
): Promise<number[]> {
  const times: number[] = [];
  const begun = performance.now();
  const note = () => times.push(performance.now() - begun);
  monitor.on('change', note);
  const all = untilAll(monitor, devices.length, text);
  for (const device of devices) device.say(text);
  await all;
  monitor.off('change', note);
  return times;
}

function untilAll(monitor: FleetMonitor, count: number, text: string): Promise<void> {
  const missing = new Set(Array.from({ length: count }, (_, index) => `device-${index}`));
  return new Promise((resolve) => {
    monitor.on('change', function check({ device, availability, health, reading }) {
      if (availability === 'online' && health !== undefined && reading?.text === text) missing.delete(device);
      if (missing.size > 0) return;
      monitor.off('change', check);
      resolve();
    });
  });
}
