import { createHash, randomBytes } from 'node:crypto';
import type { Credentials } from '../credentials.js';
import type { Challenge } from './challenges.js';

/** Algorithms of RFC 7616, 3.2, without `-sess`, with their names in Node. */
const HASHES: Readonly<Record<string, string>> = { md5: 'md5', 'sha-256': 'sha256', 'sha-512-256': 'sha512-256' };
const SESSION = /-sess$/i;

/** Answers one Digest challenge (RFC 7616; without `qop` as in RFC 2069, which old cameras use). */
export class Digest {
  readonly #challenge: Challenge;
  readonly #credentials: Credentials;
  readonly #clientNonce: string;
  /** Number of requests made with this challenge's nonce. */
  #count = 0;

  constructor(challenge: Challenge, credentials: Credentials, clientNonce = randomBytes(16).toString('hex')) {
    this.#challenge = challenge;
    this.#credentials = credentials;
    this.#clientNonce = clientNonce;
  }

  /** Whether a challenge can be answered: it is Digest with a known algorithm. */
  static answers({ scheme, parameters }: Challenge): boolean {
    return scheme === 'digest' && HASHES[nameOf(parameters.get('algorithm'))] !== undefined && parameters.has('nonce');
  }

  /**
   * The Authorization header of a request without a body.
   *
   * @param target path and query, as in the request line
   */
  header(method: string, target: string): string {
    const { parameters } = this.#challenge;
    const { username } = this.#credentials;
    const [realm = '', nonce = '', algorithm] = ['realm', 'nonce', 'algorithm'].map((name) => parameters.get(name));
    const qop = this.#quality();
    this.#count++;
    const count = this.#count.toString(16).padStart(8, '0');
    const hashed = parameters.get('userhash')?.toLowerCase() === 'true';
    const quoted = {
      username: hashed ? this.#hash(`${username}:${realm}`) : username,
      ...{ realm, nonce, uri: target, response: this.#response(method, target, { realm, nonce, qop, count }) },
      ...(parameters.has('opaque') ? { opaque: parameters.get('opaque') ?? '' } : {}),
      ...(qop === undefined && !this.#isSession ? {} : { cnonce: this.#clientNonce }),
    };
    const bare = {
      ...(algorithm === undefined ? {} : { algorithm }),
      ...(qop === undefined ? {} : { qop, nc: count }),
      ...(hashed ? { userhash: 'true' } : {}),
    };
    const all = [
      ...Object.entries(quoted).map(([name, value]) => `${name}="${value.replace(/["\\]/g, '\\$&')}"`),
      ...Object.entries(bare).map(([name, value]) => `${name}=${value}`),
    ];
    return `Digest ${all.join(', ')}`;
  }

  #response(method: string, target: string, { realm, nonce, qop, count }: Particulars): string {
    const { username, password } = this.#credentials;
    const user = this.#hash(`${username}:${realm}:${password}`);
    const secret = this.#isSession ? this.#hash(`${user}:${nonce}:${this.#clientNonce}`) : user;
    const asked = this.#hash(`${method}:${target}${qop === 'auth-int' ? `:${this.#hash('')}` : ''}`);
    if (qop === undefined) return this.#hash(`${secret}:${nonce}:${asked}`);
    return this.#hash(`${secret}:${nonce}:${count}:${this.#clientNonce}:${qop}:${asked}`);
  }

  get #isSession(): boolean {
    return SESSION.test(this.#challenge.parameters.get('algorithm') ?? '');
  }

  #quality(): 'auth' | 'auth-int' | undefined {
    const offered =
      this.#challenge.parameters
        .get('qop')
        ?.toLowerCase()
        .split(/[\s,]+/) ?? [];
    if (offered.includes('auth')) return 'auth';
    return offered.includes('auth-int') ? 'auth-int' : undefined;
  }

  #hash(text: string): string {
    const name = HASHES[nameOf(this.#challenge.parameters.get('algorithm'))] ?? 'md5';
    return createHash(name).update(text).digest('hex');
  }
}

interface Particulars {
  readonly realm: string;
  readonly nonce: string;
  readonly qop: string | undefined;
  readonly count: string;
}

function nameOf(algorithm = 'md5'): string {
  return algorithm.toLowerCase().replace(SESSION, '');
}
