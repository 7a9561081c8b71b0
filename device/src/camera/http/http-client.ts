import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Credentials } from '../credentials.js';
import { Authentication } from './authentication.js';
import type { Trust } from './trust.js';
import { TrustingAgent } from './trusting-agent.js';

const MAX_REDIRECTS = 5;

export interface HttpClientOptions {
  readonly url: URL;
  readonly credentials: Credentials | undefined;
  readonly trust: Trust;
}

/**
 * Requests one address repeatedly. Responses are parsed leniently, because cameras often have handwritten servers.
 * Redirects are followed, but only the host of the address receives user and password.
 */
export class HttpClient {
  readonly #url: URL;
  readonly #authentication: Authentication | undefined;
  readonly #agents: { readonly 'http:': Agent; readonly 'https:': TrustingAgent };

  constructor({ url, credentials, trust }: HttpClientOptions) {
    this.#url = url;
    this.#authentication = credentials === undefined ? undefined : new Authentication(credentials);
    this.#agents = { 'http:': new Agent({ keepAlive: true }), 'https:': new TrustingAgent(trust) };
  }

  /**
   * Sends a request; the body of the response is not read yet.
   *
   * @throws Error from Node, or InkError INK_CAMERA_FAILED if the certificate is not trusted
   */
  async get(signal: AbortSignal): Promise<IncomingMessage> {
    let address = this.#url;
    for (let redirects = 0; ; redirects++) {
      const answer = await this.#askAsUser(address, signal);
      const { location } = answer.headers;
      if (!isRedirect(answer) || location === undefined) return answer;
      answer.destroy();
      if (redirects === MAX_REDIRECTS) throw new Error(`it redirects more than ${MAX_REDIRECTS} times`);
      address = new URL(location, address);
    }
  }

  /** Closes the connections that are kept for the next request. */
  close(): void {
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }

  /** Sends a request, and repeats it with user and password if the server asks for them or for another nonce. */
  async #askAsUser(address: URL, signal: AbortSignal): Promise<IncomingMessage> {
    const authentication = this.#isOurs(address) ? this.#authentication : undefined;
    const answer = await this.#ask(address, authentication, signal);
    if (authentication === undefined || (answer.statusCode !== 401 && answer.statusCode !== 403)) return answer;
    authentication.ask(answer.headers['www-authenticate']);
    answer.destroy();
    return this.#ask(address, authentication, signal);
  }

  /** Whether a redirect leads to the same camera, including its encrypted port. */
  #isOurs({ hostname, protocol }: URL): boolean {
    return hostname === this.#url.hostname && (protocol === this.#url.protocol || protocol === 'https:');
  }

  async #ask(
    address: URL,
    authentication: Authentication | undefined,
    signal: AbortSignal,
    fresh = false,
  ): Promise<IncomingMessage> {
    const authorization = authentication?.header('GET', `${address.pathname}${address.search}`);
    const headers = {
      accept: '*/*',
      ...(fresh ? { connection: 'close' } : {}),
      ...(authorization === undefined ? {} : { authorization }),
    };
    const request = this.#request(address, headers, signal);
    try {
      const [answer] = await once(request.end(), 'response');
      return answer;
    } catch (error) {
      // The server may have closed a connection that was kept.
      if (fresh || !request.reusedSocket || signal.aborted) throw error;
      return this.#ask(address, authentication, signal, true);
    }
  }

  #request(
    { protocol, hostname, port, pathname, search }: URL,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): ClientRequest {
    const options = {
      // A URL puts an IPv6 address in brackets; a socket takes it without them.
      ...{ hostname: hostname.replace(/^\[(.*)\]$/, '$1'), path: `${pathname}${search}`, headers, signal },
      ...(port === '' ? {} : { port }),
      insecureHTTPParser: true,
    };
    if (protocol === 'https:') return requestHttps({ ...options, agent: this.#agents['https:'] });
    if (protocol === 'http:') return requestHttp({ ...options, agent: this.#agents['http:'] });
    throw new Error(`it redirects to ${protocol}`);
  }
}

function isRedirect({ statusCode = 0 }: IncomingMessage): boolean {
  return statusCode >= 301 && statusCode <= 308 && statusCode !== 304;
}
