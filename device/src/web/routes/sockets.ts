import { asInkError, type InkError } from '@inkcast/shared/errors';
import type { FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { type GateOptions, isStillAllowed } from '../access/index.js';
import type { App, RouteParts } from '../app-types.js';
import { serveEvents, serveLive } from '../sockets/index.js';

/** Time between two looks at whether who opened a socket may still have it. */
const LOOK_MS = 1000;
const POLICY_VIOLATION = 1008;

/** The WebSockets: frames as they come, and what happens. They end with the login that they were opened by. */
export function socketRoutes(app: App, { device, feed, log, ...gate }: RouteParts & GateOptions): void {
  const onProblem = ({ code, message }: InkError) => log.warn({ part: 'web', code }, message);
  const endWithLogin = (socket: WebSocket, request: FastifyRequest) => {
    const look = async () => {
      if (!(await isStillAllowed(request, gate))) socket.close(POLICY_VIOLATION, 'logged out');
    };
    const timer = setInterval(() => {
      look().catch((error: unknown) => {
        onProblem(asInkError(error));
        socket.close(POLICY_VIOLATION, 'logged out');
      });
    }, LOOK_MS);
    socket.on('close', () => clearInterval(timer));
  };
  app.get('/api/live', { websocket: true }, (socket, request) => {
    endWithLogin(socket, request);
    serveLive(socket, feed);
  });
  app.get('/api/events', { websocket: true }, (socket, request) => {
    endWithLogin(socket, request);
    serveEvents(socket, { device, feed, onProblem });
  });
}
