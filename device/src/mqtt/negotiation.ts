import { InkError } from '@inkcast/shared/errors';
import { SilentClose } from './handshake.js';
import { OBJECTIONS, type Offer, type Term, without } from './offer.js';
import { connackCode } from './reason-codes.js';

/**
 * Makes a connection with an offer. A trial uses another client id, because it would otherwise end our session at the
 * broker.
 *
 * @throws InkError whose cause is the broker's answer or silence
 */
type Open<T> = (offer: Offer, isTrial: boolean) => Promise<T>;

/** A connection, with the part of the offer that the broker has accepted. */
interface Agreed {
  readonly offer: Offer;
  end(): Promise<void>;
}

/** How often only a weaker offer must be answered before it is used. */
const PROOFS = 3;

/**
 * Finds out which features a broker accepts. If it names a feature that it refuses, the next offer leaves that out.
 * Before MQTT 5, and if it does not understand MQTT 5, a broker just closes the connection. Then weaker offers are
 * tried one after the other.
 */
export class Negotiation<T extends Agreed> {
  readonly #hasWill: boolean;
  #wanted: Offer;
  /** The offer that was accepted by a broker that did not answer the wanted one. */
  #known: Offer | undefined;
  /** The offer that a broker accepted last. */
  #accepted: Offer | undefined;

  /** @param hasWill whether CONNECT has a will, which may be the only thing that a broker refuses */
  constructor(wanted: Offer, hasWill: boolean) {
    this.#wanted = wanted;
    this.#hasWill = hasWill;
  }

  /** Gives up a feature that the broker has refused after it had accepted the offer. */
  giveUp(term: Exclude<Term, 'version'>): void {
    this.#wanted = without(this.#wanted, term);
  }

  /**
   * Always starts with the wanted offer, because the broker may be another one by now. @throws InkError what `open`
   * throws
   */
  async agree(open: Open<T>): Promise<T> {
    try {
      return this.#note(await this.#bargain(this.#wanted, open));
    } catch (error) {
      if (!isSilence(error)) throw error;
      const known = this.#known;
      this.#known = undefined;
      if (known !== undefined) return this.#keep(await this.#bargain(known, open));
      for (const offer of this.#guesses()) {
        if (await answers(() => open(offer, true))) return await this.#confirm(offer, open);
      }
      throw error;
    }
  }

  /**
   * Offers that may be accepted where the wanted one is not. Silence is also the answer of an overloaded broker, so what a
   * broker has accepted before is not given up for it: events would be sent unacknowledged.
   */
  #guesses(): readonly Offer[] {
    const { retain = false, qos = 0 } = this.#accepted ?? {};
    const guesses = weakerThan(this.#wanted, this.#hasWill);
    return guesses.filter((offer) => (offer.retain || !retain) && offer.qos >= qos);
  }

  /**
   * A broker may have been silent because it was starting or overloaded, so the wanted offer is tried again. What would
   * lose messages must be the only one that is answered several times in a row.
   */
  async #confirm(offer: Offer, open: Open<T>): Promise<T> {
    const { retain, qos } = this.#wanted;
    const isLossy = offer.retain !== retain || offer.qos !== qos;
    for (let proofs = 1; ; proofs++) {
      try {
        return this.#note(await this.#bargain(this.#wanted, open));
      } catch (error) {
        if (!isSilence(error)) throw error;
        if (!isLossy || proofs >= PROOFS) return this.#keep(await this.#bargain(offer, open));
        if (!(await answers(() => open(offer, true)))) throw error;
      }
    }
  }

  #keep(link: T): T {
    this.#known = link.offer;
    return this.#note(link);
  }

  #note(link: T): T {
    this.#accepted = link.offer;
    return link;
  }

  async #bargain(offer: Offer, open: Open<T>): Promise<T> {
    try {
      return await open(offer, false);
    } catch (error) {
      const term = OBJECTIONS[reasonIn(error) ?? 0];
      // The broker refuses a feature that the offer no longer has, so no weaker offer can help.
      if (term === undefined || offer[term] !== this.#wanted[term]) throw error;
      return await this.#bargain(without(offer, term), open);
    }
  }
}

/** Whether a broker answers an offer, even with a refusal. @throws InkError if there is no broker any more */
async function answers(open: () => Promise<Agreed>): Promise<boolean> {
  try {
    await (await open()).end();
    return true;
  } catch (error) {
    if (isSilence(error)) return false;
    if (reasonIn(error) === undefined) throw error;
    return true;
  }
}

function isSilence(error: unknown): boolean {
  return error instanceof InkError && error.cause instanceof SilentClose;
}

/** CONNACK's reason code; undefined if there was no CONNACK. */
function reasonIn(error: unknown): number | undefined {
  const cause: unknown = error instanceof InkError ? error.cause : undefined;
  if (!(cause instanceof Error) || !('code' in cause) || typeof cause.code !== 'number') return undefined;
  return connackCode(cause.code);
}

/** Brokers of MQTT 5 name the problem, so only offers for older ones are guessed. */
function weakerThan(wanted: Offer, hasWill: boolean): readonly Offer[] {
  const old: Offer = { ...wanted, version: '3.1.1' };
  const unretained = without(old, 'retain');
  const guesses = hasWill ? [old, unretained, without(old, 'qos'), without(unretained, 'qos')] : [old];
  const key = ({ version, retain, qos }: Offer) => `${version} ${retain} ${qos}`;
  const tried = new Map([wanted, ...guesses].map((offer) => [key(offer), offer]));
  tried.delete(key(wanted));
  return [...tried.values()];
}
