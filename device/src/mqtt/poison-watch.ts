import { InkError } from '@inkcast/shared/errors';
import type { Ending } from './ending.js';
import { Refusal } from './refusal.js';

/** Something that was sent and must be answered. */
export interface Sent {
  /** Its name in messages. */
  readonly name: string;
  /** The same for a newer version of it, and when it is sent again. */
  readonly key: string;
  /** How many connections in a row must end while only this is in flight, before it is set aside. */
  readonly patience: number;
  /**
   * Whether it is published again in any case, so that nothing is lost if it is set aside only because the broker was
   * silent.
   */
  readonly isSaidAgain: boolean;
}

/** Number of answers after which a connection has proved that it survives the suspects. */
const TRIALS = 100;

/**
 * Finds messages for which a broker closes connections. MQTT 3.1.1 has no other way to refuse a message, and a message
 * that is sent again would end every connection. After a connection has ended with messages in flight, everything is
 * sent one at a time until the suspects are answered. A message with which several connections in a row end is set
 * aside.
 */
export class PoisonWatch {
  #suspects = new Set<string>();
  readonly #ends = new Map<string, number>();
  readonly #found = new Set<string>();
  #trials = 0;

  /** Whether to send one message at a time. */
  get alone(): boolean {
    return this.#suspects.size > 0;
  }

  /** Must be called for each answer of the broker, including refusals. */
  answered({ key }: Sent): void {
    this.#ends.delete(key);
    this.#found.delete(key);
    this.#suspects.delete(key);
    if (this.alone && --this.#trials <= 0) this.#suspects.clear();
  }

  /**
   * Must be called with the way in which a connection ended, and the unanswered messages.
   *
   * @returns the error for those who wait for an answer: a `Refusal` of the cause if it is found, otherwise the loss of
   * the connection
   */
  ended(unanswered: readonly Sent[], { reason, byMessage }: Ending): InkError {
    if (!byMessage || unanswered.length === 0) return reason;
    this.#suspects = new Set(unanswered.map(({ key }) => key));
    this.#trials = TRIALS;
    for (const key of this.#ends.keys()) if (!this.#suspects.has(key)) this.#ends.delete(key);
    const [first, ...others] = unanswered;
    return others.length === 0
      ? this.#accuse(first, reason)
      : during(reason, `${first.name} and ${others.length} more`);
  }

  #accuse({ name, key, patience }: Sent, reason: InkError): InkError {
    const ends = (this.#ends.get(key) ?? 0) + 1;
    this.#ends.set(key, ends);
    if (ends < patience && !this.#found.has(key)) return during(reason, name);
    this.#suspects.clear();
    this.#ends.delete(key);
    this.#found.add(key);
    const how = reason.code === 'INK_MQTT_UNACKNOWLEDGED' ? 'never acknowledges it' : 'ends the connection each time';
    return new Refusal('INK_MQTT_PUBLISH', `The broker does not take ${name}: it ${how}.`, {
      kind: 'fatal',
      cause: reason,
    });
  }
}

function during(reason: InkError, what: string): InkError {
  const happened = reason.message.replace(/\.$/, '');
  return new InkError(reason.code, `${happened}, with ${what} on the way.`, { cause: reason });
}
