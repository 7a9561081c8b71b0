import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import cookie from '@fastify/cookie';
import csrfProtection from '@fastify/csrf-protection';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import session from '@fastify/session';
import websocket from '@fastify/websocket';
import { InkError } from '@inkcast/shared/errors';
import fastify from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { clientAddress, type GateOptions, guard, LOGIN_STYLE } from './access/index.js';
import type { App, RouteParts } from './app-types.js';
import { errorHandler } from './error-answers.js';
import type { Metrics } from './metrics/index.js';
import {
  collectRoutes,
  controlRoutes,
  documentRoutes,
  healthRoutes,
  historyRoutes,
  loginRoutes,
  metricsRoutes,
  modelRoutes,
  pageRoutes,
  readingRoutes,
  regionRoutes,
  settingsRoutes,
  setupRoutes,
  socketRoutes,
  teachRoutes,
} from './routes/index.js';
import type { WebSetup } from './web-device.js';

export interface AppOptions extends RouteParts, GateOptions {
  /** PEM of a certificate and its key. */
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | undefined;
  /** Folder of the built page. */
  readonly page: string;
  readonly metrics: Metrics;
  /** Undefined where the configuration cannot be written by the page. */
  readonly setup: WebSetup | undefined;
}

/** Time for a request to arrive: a model on a slow network takes some minutes. */
const REQUEST_MS = 5 * 60_000;
/** No household has more pages open; each takes memory. */
const MAX_CONNECTIONS = 200;
const SESSION_MS = 30 * 24 * 3600 * 1000;
/** No request to the API is larger; those with a file say so themselves. */
const MAX_BODY_BYTES = 256 * 1024;
/** A page says no more than that it has drawn a frame. */
const MAX_SOCKET_MESSAGE_BYTES = 1024;
const STYLE_HASH = `'sha256-${createHash('sha256').update(LOGIN_STYLE).digest('base64')}'`;

/** The server with every plugin, guard and route; it does not listen yet. */
export async function buildApp(options: AppOptions): Promise<App> {
  const { tls, device, log } = options;
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    requestTimeout: REQUEST_MS,
    serverFactory: (handler) => (tls === undefined ? createServer(handler) : createTlsServer(tls, handler)),
  }).withTypeProvider<ZodTypeProvider>();
  app.server.maxConnections = MAX_CONNECTIONS;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(errorHandler(log));
  app.setNotFoundHandler(({ method }) => {
    throw new InkError('INK_WEB_NOT_FOUND', `There is nothing here for ${method}.`);
  });
  takeForms(app);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // The reader in the browser compiles its kernels. No string is evaluated.
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        styleSrc: ["'self'", STYLE_HASH],
        imgSrc: ["'self'", 'blob:', 'data:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // With the default, no-referrer, browsers send a form with the origin `null`, and nobody could log in.
    referrerPolicy: { policy: 'same-origin' },
    // What a local network calls by name may have no certificate tomorrow.
    strictTransportSecurity: false,
  });
  // Before what refuses requests: it closes the socket of a refused one.
  await app.register(websocket, {
    options: { maxPayload: MAX_SOCKET_MESSAGE_BYTES },
    // A page that hangs would not say goodbye.
    preClose: (done) => {
      for (const client of app.websocketServer.clients) client.terminate();
      app.websocketServer.close(() => done());
    },
  });
  await app.register(rateLimit, {
    global: false,
    keyGenerator: ({ socket, headers }) => clientAddress(socket.remoteAddress, headers['x-forwarded-for']),
  });
  await app.register(cookie);
  await app.register(session, {
    secret: randomBytes(32).toString('hex'),
    // Cookies know no ports: two devices behind one name have a session each.
    cookieName: `inkcast-${device.name}`,
    cookie: { httpOnly: true, sameSite: 'strict', secure: tls !== undefined, path: '/', maxAge: SESSION_MS },
    store: options.sessions,
    saveUninitialized: false,
    rolling: false,
  });
  await app.register(csrfProtection, {
    sessionPlugin: '@fastify/session',
    getToken: ({ headers }) => String(headers['x-csrf-token'] ?? ''),
  });
  guard(app, options);
  await collectRoutes(app, options.version);
  healthRoutes(app);
  loginRoutes(app, options);
  readingRoutes(app, options);
  historyRoutes(app, options);
  regionRoutes(app, options);
  settingsRoutes(app, options);
  controlRoutes(app, options);
  await modelRoutes(app, options);
  teachRoutes(app, options);
  if (options.setup !== undefined) setupRoutes(app, options.setup);
  metricsRoutes(app, options.metrics);
  documentRoutes(app);
  socketRoutes(app, options);
  await pageRoutes(app, options.page);
  return app;
}

/** A form's fields as JSON would have them; text of other kinds is not taken. */
function takeForms(app: App): void {
  app.removeContentTypeParser('text/plain');
  const type = 'application/x-www-form-urlencoded';
  app.addContentTypeParser<string>(type, { parseAs: 'string' }, (_, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(body)));
  });
}
