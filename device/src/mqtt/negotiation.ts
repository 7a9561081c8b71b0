import { InkError } from '@inkcast/shared/errors';
import { SilentClose } from './handshake.js';
import { OBJECTIONS, type Offer, type Term, without } from './offer.js';
import { connackCode } from './reason-codes.js';

/**
 * Makes a connection with an offer; to try what a broker takes, under another client id, since the session that the
 * broker keeps for ours would end with it.
 *
 * @throws InkError whose cause is what the broker, or its silence, has said
 */
type Open<T> = (offer: Offer, isTrial: boolean) => Promise<T>;

/** A connection, with what the broker has taken of the offer. */
interface Agreed {
  readonly offer: Offer;
  end(): Promise<void>;
}

/**
 * Finds what a broker takes. Where it says what it does not take, the next offer is without that. Before MQTT 5, and
 * where it does not understand MQTT 5, it only closes the connection: then weaker offers are tried one after the other.
 */
export class Negotiation<T extends Agreed> {
  readonly #hasWill: boolean;
  #wanted: Offer;
  /** What a broker has taken that was silent on what we wanted. */
  #known: Offer | undefined;

  /** @param hasWill whether CONNECT brings a will, which alone may be what a broker refuses */
  constructor(wanted: Offer, hasWill: boolean) {
    this.#wanted = wanted;
    this.#hasWill = hasWill;
  }

  /** To be told what a broker has turned out not to take after it had taken the offer. */
  giveUp(term: Exclude<Term, 'version'>): void {
    this.#wanted = without(this.#wanted, term);
  }

  /** Begins with what is wanted each time: the broker may be another one by now. @throws InkError what `open` throws */
  async agree(open: Open<T>): Promise<T> {
    try {
      return await this.#bargain(this.#wanted, open);
    } catch (error) {
      if (!isSilence(error)) throw error;
      const known = this.#known;
      this.#known = undefined;
      if (known !== undefined) return this.#keep(await this.#bargain(known, open));
      for (const offer of weakerThan(this.#wanted, this.#hasWill)) {
        if (await answers(() => open(offer, true))) return await this.#confirm(offer, open);
      }
      throw error;
    }
  }

  /** A broker that was silent because it was just starting is not an old one: it is asked once more for what is wanted. */
  async #confirm(offer: Offer, open: Open<T>): Promise<T> {
    try {
      return await this.#bargain(this.#wanted, open);
    } catch (error) {
      if (!isSilence(error)) throw error;
      return this.#keep(await this.#bargain(offer, open));
    }
  }

  #keep(link: T): T {
    this.#known = link.offer;
    return link;
  }

  async #bargain(offer: Offer, open: Open<T>): Promise<T> {
    try {
      return await open(offer, false);
    } catch (error) {
      const term = OBJECTIONS[reasonIn(error) ?? 0];
      // A broker that objects to what is given up already has nothing that we could take.
      if (term === undefined || offer[term] !== this.#wanted[term]) throw error;
      return await this.#bargain(without(offer, term), open);
    }
  }
}

/** Whether a broker answers to an offer, be it with a refusal. @throws InkError where there is no broker any more */
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

/** CONNACK's reason; undefined where there was none. */
function reasonIn(error: unknown): number | undefined {
  const cause: unknown = error instanceof InkError ? error.cause : undefined;
  if (!(cause instanceof Error) || !('code' in cause) || typeof cause.code !== 'number') return undefined;
  return connackCode(cause.code);
}

/** Brokers of MQTT 5 say what is wrong, so that only those before it have to be guessed at. */
function weakerThan(wanted: Offer, hasWill: boolean): readonly Offer[] {
  const old: Offer = { ...wanted, version: '3.1.1' };
  const unretained = without(old, 'retain');
  const guesses = hasWill ? [old, unretained, without(old, 'qos'), without(unretained, 'qos')] : [old];
  const key = ({ version, retain, qos }: Offer) => `${version} ${retain} ${qos}`;
  const tried = new Map([wanted, ...guesses].map((offer) => [key(offer), offer]));
  tried.delete(key(wanted));
  return [...tried.values()];
}
