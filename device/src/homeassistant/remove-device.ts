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
  /** Regions whose reading the broker may retain. Null stands for a device without named regions. */
  readonly regions?: readonly (string | null)[];
  /** Discovery topics of earlier configurations. */
  readonly formerDiscovery?: readonly string[];
  /** Whether to remove the device's retained states too. */
  readonly states: boolean;
}

/** Removes a device from Home Assistant: an empty retained message cancels the announcement. */
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
