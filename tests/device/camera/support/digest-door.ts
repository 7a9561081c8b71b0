import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

interface DoorOptions {
  readonly algorithm: string | undefined;
  readonly qop: string | undefined;
  /** A challenge in the same header. */
  readonly beside?: string;
  /** Requests that a nonce serves. */
  readonly servings?: number;
}

/** The server's side of Digest authentication for the user `mé "x"` with the password `100%:secret` (RFC 7616, 3.4). */
export class DigestDoor {
  /** Requests that were not let in. */
  refusals = 0;
  readonly #options: DoorOptions;
  #nonces = 0;
  #served = 0;

  constructor(options: DoorOptions) {
    this.#options = options;
  }

  /** Whether a request is accepted. A refused request has already been answered. */
  admits(request: IncomingMessage, response: ServerResponse): boolean {
    const { servings = Number.POSITIVE_INFINITY } = this.#options;
    const known = this.#isRight(request);
    if (known && this.#served < servings) {
      this.#served++;
      return true;
    }
    this.refusals++;
    this.#nonces++;
    this.#served = 0;
    const { algorithm, qop, beside = '' } = this.#options;
    const stale = known ? ', stale=TRUE' : '';
    const more = `${qop === undefined ? '' : `, qop="${qop}"`}${algorithm === undefined ? '' : `, algorithm=${algorithm}`}`;
    const digest = `Digest realm="the camera, \\"1\\"", nonce="${this.#nonce}", opaque="a=b"${more}${stale}`;
    response.writeHead(401, { 'www-authenticate': `${beside}${digest}` }).end();
    return false;
  }

  get #nonce(): string {
    return `nonce-${this.#nonces}==`;
  }

  #isRight({ headers, method, url }: IncomingMessage): boolean {
    const given = Buffer.from(headers.authorization ?? '', 'latin1').toString();
    const value = (name: string) =>
      new RegExp(`[ ,]${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^,]*))`)
        .exec(given)
        ?.slice(1)
        .find((text) => text !== undefined);
    const { algorithm = 'MD5', qop } = this.#options;
    const hash = (text: string) => createHash(nodeName(algorithm)).update(text).digest('hex');
    const [nonce, count, clientNonce] = [this.#nonce, value('nc'), value('cnonce')];
    const first = hash('mé "x":the camera, "1":100%:secret');
    const secret = algorithm.endsWith('-sess') ? hash(`${first}:${nonce}:${clientNonce}`) : first;
    const kind = qop === 'auth-int' ? 'auth-int' : 'auth';
    const asked = hash(`${method}:${url}${kind === 'auth-int' ? `:${hash('')}` : ''}`);
    const middle = qop === undefined ? nonce : `${nonce}:${count}:${clientNonce}:${kind}`;
    const counted = qop === undefined || count === (this.#served + 1).toString(16).padStart(8, '0');
    return (
      value('username') === 'mé \\"x\\"' &&
      value('opaque') === 'a=b' &&
      value('uri') === url &&
      counted &&
      value('response') === hash(`${secret}:${middle}:${asked}`)
    );
  }
}

function nodeName(algorithm: string): string {
  return algorithm === 'SHA-512-256' ? 'sha512-256' : algorithm.replace('-sess', '').replace('-', '').toLowerCase();
}
