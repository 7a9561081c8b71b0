import { createHash } from 'node:crypto';
import type { InkError } from '@inkcast/shared/errors';
import type { OutgoingMessage } from './mqtt-message.js';
import type { Sent } from './poison-watch.js';

/** Something to send, with the broker's answer. */
export interface Exchange extends Sent {
  /** The packet that answers it. A message with QoS 0 has none: a ping shows that it was taken. */
  readonly answer: 'PUBACK' | 'SUBACK' | 'none';
  /** Sends it. @param answered called once, with the broker's objection if there is one */
  readonly send: (answered: (error?: Error | null) => void) => void;
  readonly resolve: () => void;
  readonly reject: (error: InkError) => void;
}

/** Retained messages are published again in any case. Other messages may be lost for good, so they get one more try. */
const PATIENCE = { retained: 2, other: 3 };

export function sentMessage({ topic, payload, retain = false }: OutgoingMessage): Sent {
  const name = `the message to ${topic} (${Buffer.byteLength(payload)} bytes)`;
  if (retain) return { name, key: `retained ${topic}`, patience: PATIENCE.retained, isSaidAgain: true };
  const hash = createHash('sha256').update(payload).digest('base64');
  return { name, key: `message ${topic} ${hash}`, patience: PATIENCE.other, isSaidAgain: false };
}

export function sentSubscription(filter: string): Sent {
  const name = `the subscription to ${filter}`;
  return { name, key: `subscription ${filter}`, patience: PATIENCE.retained, isSaidAgain: true };
}
