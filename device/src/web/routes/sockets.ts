import type { InkError } from '@inkcast/shared/errors';
import type { App, RouteParts } from '../app-types.js';
import { serveEvents, serveLive } from '../sockets/index.js';

/** The WebSockets: frames as they come, and what happens. */
export function socketRoutes(app: App, { device, feed, log }: RouteParts): void {
  const onProblem = ({ code, message }: InkError) => log.warn({ part: 'web', code }, message);
  app.get('/api/live', { websocket: true }, (socket) => serveLive(socket, feed));
  app.get('/api/events', { websocket: true }, (socket) => serveEvents(socket, { device, feed, onProblem }));
}
