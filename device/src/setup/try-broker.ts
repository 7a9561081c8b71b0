import { configSchema } from '../config/index.js';
import { brokerCheck } from '../doctor/index.js';
import { MqttConnection } from '../mqtt/index.js';
import type { BrokerChoice } from './setup-values.js';

/**
 * Connects as the daemon will, with a client id of its own.
 *
 * @returns a sentence
 * @throws InkError INK_MQTT_CONNECT and the like, in words
 */
export async function tryBroker(name: string, choice: BrokerChoice, signal: AbortSignal): Promise<string> {
  const settings = configSchema.shape.mqtt.parse(choice);
  const clientId = `inkcast-${name}-setup-${process.pid}`;
  const { detail } = await brokerCheck(settings.url, () => new MqttConnection({ settings, clientId })).run(signal);
  return detail;
}
