import type { Credentials } from '../credentials.js';
import { parseChallenges } from './challenges.js';
import { Digest } from './digest.js';

/**
 * Sends user and password by the scheme that the server asks for: Digest if it is offered, otherwise Basic (RFC 7617).
 */
export class Authentication {
  readonly #credentials: Credentials;
  #answer: ((method: string, target: string) => string) | undefined;

  constructor(credentials: Credentials) {
    this.#credentials = credentials;
  }

  /**
   * The Authorization header; `undefined` until the server has asked, so that no other server receives the password.
   */
  header(method: string, target: string): string | undefined {
    const header = this.#answer?.(method, target);
    // Headers are bytes, and Node writes one byte for each character.
    return header === undefined ? undefined : Buffer.from(header).toString('latin1');
  }

  /** @param header WWW-Authenticate; cameras that accept Basic may omit it */
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
    // If a server offers only Digest with an unknown algorithm, it must not receive the password in plain text.
    const digestAlone = challenges.length > 0 && challenges.every(({ scheme }) => scheme === 'digest');
    this.#answer = digestAlone ? undefined : () => `Basic ${pair}`;
  }
}
