import { InkError } from '@inkcast/shared/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hostOf, isLoopback, isOwnHost, isSameOrigin, type KnownNames, plainAddress } from './hosts.js';
import { allows, type Principal, type Role } from './role.js';
import type { SessionStore } from './session-store.js';
import type { UserFile } from './user-file.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may use the route; where it says nothing: viewers to read, admins to change. */
    readonly role?: Role | 'anyone';
  }

  interface FastifyRequest {
    /** Who makes the request; undefined where nobody is known. */
    principal: Principal | undefined;
  }

  interface Session {
    /** Who is logged in, and what changes with the password, so that the session ends with it. */
    login?: { readonly user: string; readonly salt: string };
  }
}

export interface GateOptions extends KnownNames {
  readonly users: UserFile;
  readonly sessions: SessionStore;
  /** Whether requests from this machine need a login too. */
  readonly requireLogin: boolean;
  /** Address of a proxy that has logged in whom it asks for, and lets admins through only; default none. */
  readonly trustedProxy?: string | undefined;
}

const READING_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** What a proxy adds: who it asks for is not at this machine. */
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * Lets a request through to its route, or answers it: every route, file and socket is behind this. To be added after
 * the plugin of sessions, and before any route.
 */
export function guard(app: FastifyInstance, options: GateOptions): void {
  app.decorateRequest('principal', undefined);
  app.addHook('onRequest', async (request) => {
    const isProxied = isFromTrustedProxy(request, options);
    // Which names lead to a trusted proxy, the proxy knows.
    if (!isProxied) assertOwnHost(request, options);
    assertSameOrigin(request, isProxied);
    request.principal = await principalOf(request, options);
    const needed = neededRole(request);
    if (needed === 'anyone') return;
    if (request.principal === undefined) throw await refusal(request, options.users);
    if (!allows(request.principal.role, needed)) {
      throw new InkError('INK_WEB_ROLE', `${request.principal.user} is a viewer, who cannot change anything.`);
    }
  });
  // Only what a browser sends by itself, the cookie, could be sent on behalf of another page.
  app.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => {
    // Logging in again needs none: it does nothing for whoever was logged in.
    const isOpen = neededRole(request) === 'anyone';
    if (isOpen || READING_METHODS.has(request.method) || request.principal?.by !== 'session') done();
    else app.csrfProtection(request, reply, done);
  });
}

function neededRole({ routeOptions, method }: FastifyRequest): Role | 'anyone' {
  return routeOptions.config.role ?? (READING_METHODS.has(method) ? 'viewer' : 'admin');
}

function assertOwnHost({ headers, socket }: FastifyRequest, names: KnownNames): void {
  const host = hostOf(headers.host);
  if (host !== undefined && isOwnHost(host, plainAddress(socket.localAddress), names)) return;
  throw new InkError('INK_WEB_HOST', `The page is not known by the name ${JSON.stringify(headers.host ?? '')}.`);
}

function assertSameOrigin({ headers }: FastifyRequest, isProxied: boolean): void {
  const { origin } = headers;
  const host = (isProxied && lastOf(headers['x-forwarded-host'])) || (headers.host ?? '');
  const isForeign = headers['sec-fetch-site'] === 'cross-site' && headers['sec-fetch-mode'] !== 'navigate';
  if (!isForeign && isSameOrigin(origin, host)) return;
  throw new InkError('INK_WEB_ORIGIN', `A page of ${origin ?? 'another origin'} made the request.`);
}

async function principalOf(request: FastifyRequest, options: GateOptions): Promise<Principal | undefined> {
  const { users, requireLogin } = options;
  const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  // A token that is wrong is refused everywhere, so that nobody takes it for right.
  if (token !== undefined) return users.byToken(token);
  const { login } = request.session;
  if (login !== undefined) {
    const user = (await users.users()).find(({ name }) => name === login.user);
    if (user?.password.salt === login.salt) return { user: user.name, role: user.role, by: 'session' };
  }
  if (isFromTrustedProxy(request, options)) return { user: null, role: 'admin', by: 'proxy' };
  return !requireLogin && isAtTheDevice(request) ? { user: null, role: 'admin', by: 'loopback' } : undefined;
}

/** Whether who opened a socket may still have it: sessions end, and users go. @throws InkError INK_USERS_INVALID */
export async function isStillAllowed(request: FastifyRequest, options: GateOptions): Promise<boolean> {
  if (request.principal?.by === 'session' && !options.sessions.has(request.session.sessionId)) return false;
  return (await principalOf(request, options)) !== undefined;
}

const isFromTrustedProxy = ({ socket }: FastifyRequest, { trustedProxy }: GateOptions): boolean =>
  trustedProxy !== undefined && plainAddress(socket.remoteAddress) === trustedProxy;

/** Of a header that each proxy may add to, what the last one has said. */
const lastOf = (header: string | string[] | undefined): string | undefined =>
  [header ?? []].flat().at(-1)?.split(',').at(-1)?.trim();

function isAtTheDevice({ socket, headers }: FastifyRequest): boolean {
  const addresses = [socket.localAddress, socket.remoteAddress].map(plainAddress);
  const host = hostOf(headers.host) ?? '';
  return [...addresses, host].every(isLoopback) && PROXY_HEADERS.every((name) => headers[name] === undefined);
}

async function refusal({ headers }: FastifyRequest, users: UserFile): Promise<InkError> {
  if ((await users.users()).length === 0) return noUsers();
  return headers.authorization === undefined
    ? new InkError('INK_WEB_LOGIN', 'This needs a login.')
    : new InkError('INK_WEB_LOGIN', "The token is nobody's.");
}

/** What health and whoever asks are told while nobody can log in. */
export function noUsers(): InkError {
  return new InkError('INK_WEB_NO_USERS', 'The page can be reached from other machines, and it has no user yet.');
}
