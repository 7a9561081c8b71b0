import { availableParallelism, cpus, loadavg } from 'node:os';
import type { Benchmark, Ratio } from '../benchmark.js';
import { numberFrom } from '../number-from.js';
import type { Quantiles } from '../statistics.js';
import { type Delivery, measureDelivery } from './delivery.js';
import { type Fleet, measureFleet } from './fleet.js';

const DEFAULT_DEVICES = 500;

interface Result {
  readonly machine: string;
  readonly node: string;
  /** Load average of the last minute before each half. Other work on the machine slows the measurement down. */
  readonly load: readonly [delivery: number, fleet: number];
  readonly delivery: Delivery;
  readonly fleet: Fleet;
}

const load = () => Number(loadavg()[0].toFixed(1));

/** @param words optionally the number of devices in the fleet */
async function measure([devicesText]: readonly string[]): Promise<Result> {
  const devices = numberFrom(devicesText, 'the devices', DEFAULT_DEVICES);
  const before = load();
  const delivery = await measureDelivery();
  const between = load();
  return {
    machine: `${cpus()[0]?.model ?? 'unknown'}, ${availableParallelism()} threads`,
    node: process.version,
    load: [before, between],
    delivery,
    fleet: await measureFleet(devices),
  };
}

const both = ({ p50, p99 }: Quantiles): string => `p50 ${p50} ms, p99 ${p99} ms`;

function describe({ machine, node, load, delivery, fleet }: Result): readonly string[] {
  return [
    `${machine}, Node ${node}, mosquitto on the same machine`,
    `load average                           ${load[0]} before one device, ${load[1]} before ${fleet.devices}`,
    `frame in to message at a subscriber    ${both(delivery.frameToSubscriberMs)}`,
    `event to message at a subscriber       ${both(delivery.eventToSubscriberMs)}`,
    `the same by the mqtt package alone     ${both(delivery.bareMs)}`,
    `events stored, a second                ${delivery.storedPerSecond}`,
    `events stored and delivered, a second  ${delivery.deliveredPerSecond}`,
    `${fleet.devices} devices in view                    after ${fleet.completeSeconds} s`,
    `their readings in view, a second       ${fleet.readingsPerSecond}`,
    `reading to view, all speaking at once  ${both(fleet.readingToViewMs)}`,
  ];
}

function ratios({ delivery }: Result): Ratio[] {
  const { eventToSubscriberMs, bareMs } = delivery;
  const what = 'event to message at a subscriber, flushed to the disk';
  return [{ what, peer: 'by the mqtt package alone', ratio: eventToSubscriberMs.p50 / bareMs.p50 }];
}

export const benchmark: Benchmark<Result> = { measure, describe, ratios };
