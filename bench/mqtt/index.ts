import { availableParallelism, cpus } from 'node:os';
import type { Benchmark } from '../benchmark.js';
import type { Quantiles } from './broker.js';
import { type Delivery, measureDelivery } from './delivery.js';
import { type Fleet, measureFleet } from './fleet.js';

interface Result {
  readonly machine: string;
  readonly node: string;
  readonly delivery: Delivery;
  readonly fleet: Fleet;
}

async function measure(): Promise<Result> {
  return {
    machine: `${cpus()[0]?.model ?? 'unknown'}, ${availableParallelism()} threads`,
    node: process.version,
    delivery: await measureDelivery(),
    fleet: await measureFleet(),
  };
}

const both = ({ p50, p99 }: Quantiles): string => `p50 ${p50} ms, p99 ${p99} ms`;

function describe({ machine, node, delivery, fleet }: Result): readonly string[] {
  return [
    `${machine}, Node ${node}, mosquitto on the same machine`,
    `frame in to message at a subscriber    ${both(delivery.frameToSubscriberMs)}`,
    `event to message at a subscriber       ${both(delivery.eventToSubscriberMs)}`,
    `events stored, a second                ${delivery.storedPerSecond}`,
    `events stored and delivered, a second  ${delivery.deliveredPerSecond}`,
    `${fleet.devices} devices in view                    after ${fleet.completeSeconds} s`,
    `their readings in view, a second       ${fleet.readingsPerSecond}`,
    `reading to view, all speaking at once  ${both(fleet.readingToViewMs)}`,
  ];
}

export const benchmark: Benchmark<Result> = { measure, describe };
