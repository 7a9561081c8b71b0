import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { asInkError, InkError, reasonOf } from '@inkcast/shared/errors';
import { readWholeFile } from '@inkcast/shared/files';
import type { Logger } from 'pino';
import { isLoopback, LoginLimit, noUsers, SessionStore, UserFile } from './access/index.js';
import type { App } from './app-types.js';
import type { Metrics } from './metrics/index.js';
import { LiveFeed } from './sockets/index.js';
import type { WebDevice, WebSetup } from './web-device.js';

/** The section `web` of the configuration. */
export interface WebSettings {
  readonly enabled: boolean;
  readonly address: string;
  readonly port: number;
  readonly hosts: readonly string[];
  readonly requireLogin: boolean;
  readonly trustedProxy?: string;
  readonly tls?: { readonly certificate: string; readonly key: string };
}

export interface WebServerOptions {
  readonly settings: WebSettings;
  readonly device: WebDevice;
  /** Folder that the users are kept in. */
  readonly state: string;
  readonly log: Logger;
  /** Inkcast's version. */
  readonly version: string;
  /** What a first visit is asked; absent where the configuration cannot be written. */
  readonly setup?: WebSetup;
  /** Folder of the built page; default the one that the build of this package writes. */
  readonly page?: string;
  /** The machine's name; default this one's. */
  readonly machine?: string;
  /** Told when what is wrong has changed. */
  readonly changed: () => void;
}

const BUILT_PAGE = fileURLToPath(new URL('../../dist-web/', import.meta.url));
/** Time between two looks at whether there are users. */
const LOOK_MS = 10_000;

/**
 * Serves the page and its API. That it cannot is a problem that health tells, and no reason to stop reading: `start`
 * never fails.
 */
export class WebServer {
  readonly #options: WebServerOptions;
  readonly #users: UserFile;
  readonly #feed: LiveFeed;
  readonly #problems = new Map<string, InkError>();
  #app: App | undefined;
  #metrics: Metrics | undefined;
  #timer: NodeJS.Timeout | undefined;
  #url: string | undefined;

  constructor(options: WebServerOptions) {
    this.#options = options;
    this.#users = new UserFile(options.state);
    this.#feed = new LiveFeed({ device: options.device, onProblem: (problem) => this.#set('picture', problem) });
  }

  /** Where the page is; undefined where it is not served. */
  get url(): string | undefined {
    return this.#url;
  }

  /** What is wrong now: an address that cannot be listened on, or that nobody can log in at. */
  get problems(): ReadonlyMap<string, InkError> {
    return this.#problems;
  }

  async start(): Promise<void> {
    const { settings, log } = this.#options;
    if (!settings.enabled) return;
    try {
      this.#app = await this.#build();
      await this.#app.listen({ host: settings.address, port: settings.port });
      this.#url = urlOf(settings, this.#app.server.address());
      this.#feed.start();
      this.#metrics?.start();
      log.info({ part: 'web', url: this.#url }, 'the page is served');
    } catch (error) {
      this.#set('listen', listenError(settings, error));
      await this.#app?.close();
      this.#app = undefined;
      return;
    }
    await this.#lookAtUsers();
    this.#timer = setInterval(() => void this.#lookAtUsers(), LOOK_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#metrics?.stop();
    await this.#feed.stop();
    await this.#app?.close();
    this.#app = undefined;
    this.#url = undefined;
  }

  async #build(): Promise<App> {
    const { settings, device, log, version, page = BUILT_PAGE, machine = hostname() } = this.#options;
    const { hosts, requireLogin, trustedProxy, tls } = settings;
    // The server's packages take time and memory, which a device without a page saves.
    const [{ buildApp }, { Metrics }] = await Promise.all([import('./app.js'), import('./metrics/index.js')]);
    this.#metrics = new Metrics(device);
    return buildApp({
      device,
      users: this.#users,
      sessions: new SessionStore(),
      limit: new LoginLimit(),
      feed: this.#feed,
      metrics: this.#metrics,
      setup: this.#options.setup,
      log,
      version,
      machine,
      hosts,
      requireLogin,
      trustedProxy,
      page,
      tls: tls === undefined ? undefined : await pemOf(tls),
    });
  }

  /** Where others can reach the page, somebody must be able to log in. */
  async #lookAtUsers(): Promise<void> {
    const { address, requireLogin, trustedProxy } = this.#options.settings;
    if (trustedProxy !== undefined || (isLoopback(address) && !requireLogin)) return;
    try {
      this.#set('users', (await this.#users.users()).length === 0 ? noUsers() : undefined);
    } catch (error) {
      this.#set('users', asInkError(error));
    }
  }

  #set(key: string, problem: InkError | undefined): void {
    const before = this.#problems.get(key);
    if (before?.message === problem?.message) return;
    const { log, changed } = this.#options;
    if (problem === undefined) {
      this.#problems.delete(key);
    } else {
      this.#problems.set(key, problem);
      log.warn({ part: 'web', code: problem.code, remedy: problem.remedy }, problem.message);
    }
    changed();
  }
}

async function pemOf({ certificate, key }: { readonly certificate: string; readonly key: string }) {
  try {
    const [cert, secret] = await Promise.all([readWholeFile(certificate), readWholeFile(key)]);
    return { cert: Buffer.from(cert), key: Buffer.from(secret) };
  } catch (cause) {
    throw new InkError('INK_WEB_CERTIFICATE', reasonOf(cause), { cause });
  }
}

function urlOf({ tls, address }: WebSettings, bound: string | AddressInfo | null): string {
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  const isAny = address === '0.0.0.0' || address === '::';
  const host = isAny ? hostname() : address.includes(':') ? `[${address}]` : address;
  return `${tls === undefined ? 'http' : 'https'}://${host}:${port}/`;
}

function listenError({ address, port }: WebSettings, error: unknown): InkError {
  if (error instanceof InkError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^ERR_(OSSL|SSL|TLS)/.test(code)) {
    return new InkError('INK_WEB_CERTIFICATE', `Certificate and key cannot be used: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
  const at = `${address}, port ${port}`;
  const message =
    code === 'EADDRINUSE'
      ? `The page is not served: another program listens on ${at}.`
      : `The page is not served on ${at}: ${reasonOf(error)}.`;
  return new InkError('INK_WEB_LISTEN', message, { cause: error });
}
