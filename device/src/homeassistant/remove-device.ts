import { once } from 'node:events';
import { type DeviceTopics, discoveryTopic } from '@inkcast/shared/messages';
import type { MqttConnection } from '../mqtt/index.js';
import { retainedTopics } from './retained-topics.js';

export interface RemovalOptions {
  /** Not started yet. */
  readonly connection: MqttConnection;
  readonly prefix: string;
  readonly device: string;
  readonly topics: DeviceTopics;
  /** Of which the broker may retain a reading; null stands for that of a device without named ones. */
  readonly regions?: readonly (string | null)[];
  /** Where it was announced by an earlier configuration. */
  readonly formerDiscovery?: readonly string[];
  /** Whether what the broker retains of the device goes too. */
  readonly states: boolean;
}

/** Takes a device out of Home Assistant: an empty retained message ends what was announced by the one before it. */
export async function removeDevice({
  connection,
  prefix,
  device,
  topics,
  states,
  regions = [null],
  formerDiscovery = [],
}: RemovalOptions): Promise<void> {
  const retained = states ? retainedTopics(topics, regions) : [];
  connection.start();
  try {
    const failed = once(connection, 'problem').then(([problem]) => Promise.reject(problem));
    await Promise.race([once(connection, 'up'), failed]);
    for (const topic of new Set([discoveryTopic(prefix, device), ...formerDiscovery, ...retained])) {
      await connection.publish({ topic, payload: '', qos: 1, retain: true });
    }
  } finally {
    await connection.stop();
  }
}
