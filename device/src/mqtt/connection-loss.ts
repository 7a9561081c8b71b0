import type { InkError } from '@inkcast/shared/errors';

/** Whether a message failed with its connection, which is told by itself, and not for a reason of its own. */
export function isConnectionLoss({ code }: InkError): boolean {
  return code === 'INK_MQTT_LOST' || code === 'INK_MQTT_CLIENT_ID';
}
