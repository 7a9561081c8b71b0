import { InkError } from '@inkcast/shared/errors';
import type { Ending } from './ending.js';
import { Refusal } from './refusal.js';

/** Something that was sent and is to be answered. */
export interface Sent {
  /** As a sentence names it. */
  readonly name: string;
  /** The same for what takes its place or is sent again. */
  readonly key: string;
  /** Connections that must end on it alone, one after the other, before it is set aside. */
  readonly patience: number;
  /** Whether it is said again in any case, so that nothing is lost where it is set aside for a broker's mere silence. */
  readonly isSaidAgain: boolean;
}

/** Answers after which a connection has shown that it bears what was suspected. */
const TRIALS = 100;

/**
 * Finds what a broker ends connections for. MQTT 3.1.1 has no other way to refuse a message, and a message that is sent
 * again on every connection would end each of them. After an end with something on its way, everything goes alone until
 * the suspects are answered; what several connections in a row end on, alone, is set aside.
 */
export class PoisonWatch {
  #suspects = new Set<string>();
  readonly #ends = new Map<string, number>();
  readonly #found = new Set<string>();
  #trials = 0;

  /** Whether things are to be sent one at a time. */
  get alone(): boolean {
    return this.#suspects.size > 0;
  }

  /** To be told what the broker has answered, be it with a refusal. */
  answered({ key }: Sent): void {
    this.#ends.delete(key);
    this.#found.delete(key);
    this.#suspects.delete(key);
    if (this.alone && --this.#trials <= 0) this.#suspects.clear();
  }

  /**
   * To be told how a connection ended, and on what.
   *
   * @returns what to tell those who wait for an answer: a `Refusal` where it is found, otherwise that it was lost
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
