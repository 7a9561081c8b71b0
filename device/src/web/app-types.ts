import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import type { LoginLimit, UserFile } from './access/index.js';
import type { LiveFeed } from './sockets/index.js';
import type { WebDevice } from './web-device.js';

/** The app, whose routes have zod schemas. */
export type App = FastifyInstance<Server, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>;

/** What routes work with. */
export interface RouteParts {
  readonly device: WebDevice;
  readonly users: UserFile;
  readonly limit: LoginLimit;
  readonly feed: LiveFeed;
  readonly log: Logger;
  /** Inkcast's version. */
  readonly version: string;
}
