import type { Credentials } from '../credentials.js';
import { parseChallenges } from './challenges.js';
import { Digest } from './digest.js';

/** User and password in the way that a server asks for: Digest where it is offered, or else Basic (RFC 7617). */
export class Authentication {
  readonly #credentials: Credentials;
  #answer: ((method: string, target: string) => string) | undefined;

  constructor(credentials: Credentials) {
    this.#credentials = credentials;
  }

  /** The Authorization header; `undefined` until a server has asked, so that no password goes to one that does not. */
  header(method: string, target: string): string | undefined {
    const header = this.#answer?.(method, target);
    // Headers are bytes, of which Node takes one a character.
    return header === undefined ? undefined : Buffer.from(header).toString('latin1');
  }

  /** @param header WWW-Authenticate, which cameras that take Basic may leave out */
  ask(header: string | undefined): void {
    const challenges = parseChallenges(header ?? '');
    const challenge = challenges.find(Digest.answers);
    if (challenge !== undefined) {
      const digest = new Digest(challenge, this.#credentials);
      this.#answer = (method, target) => digest.header(method, target);
      return;
    }
    const { username, password } = this.#credentials;
    const pair = Buffer.from(`${username}:${password}`).toString('base64');
    // A password is not shown to a server that asks for its digest by an algorithm that is not known.
    const digestAlone = challenges.length > 0 && challenges.every(({ scheme }) => scheme === 'digest');
    this.#answer = digestAlone ? undefined : () => `Basic ${pair}`;
  }
}
