import { createHash } from 'node:crypto';
import type { InkError } from '@inkcast/shared/errors';
import type { OutgoingMessage } from './mqtt-message.js';
import type { Sent } from './poison-watch.js';

/** Something to send that the broker answers. */
export interface Exchange extends Sent {
  /** What the broker answers it with; a message of QoS 0 is done when it is written. */
  readonly answer: 'PUBACK' | 'SUBACK' | 'none';
  /** Sends it. @param answered called once, with what the broker has against it */
  readonly send: (answered: (error?: Error | null) => void) => void;
  readonly resolve: () => void;
  readonly reject: (error: InkError) => void;
}

/** A retained message is said again in any case, another one may be lost for good: it is given one more chance. */
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
