import { asInkError, type InkError } from '@inkcast/shared/errors';
import type { WebSocket } from 'ws';
import { deviceState } from '../device-state.js';
import type { PushedMessage } from '../messages.js';
import type { WebDevice } from '../web-device.js';
import { keepAlive } from './keep-alive.js';
import type { LiveFeed } from './live-feed.js';

/** A reader that is so far behind is better off with a new connection, which begins with how things are. */
const MAX_BUFFERED_BYTES = 256 * 1024;
const TRY_AGAIN_LATER = 1013;

export interface EventsOptions {
  readonly device: WebDevice;
  readonly feed: LiveFeed;
  readonly onProblem: (problem: InkError) => void;
}

/** Pushes what happens, as one text message each; first how things are. */
export function serveEvents(socket: WebSocket, { device, feed, onProblem }: EventsOptions): void {
  const push = (message: PushedMessage) => {
    if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.close(TRY_AGAIN_LATER, 'too slow');
    else if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  const end = device.listen({
    reading: (reading, event) => {
      push({ type: 'reading', reading });
      if (event !== undefined) push({ type: 'event', event });
    },
    health: (health) => push({ type: 'state', state: deviceState(device, health, feed.fps) }),
  });
  const endTeaching = device.teaching.watch((state) => push({ type: 'teach', state }));
  const stop = keepAlive(socket, () => {});
  socket.on('close', () => {
    stop();
    end();
    endTeaching();
  });
  // Nothing is expected from the other side, and nothing is kept of it.
  socket.on('message', () => {});
  device.health().then(
    (health) => {
      push({ type: 'state', state: deviceState(device, health, feed.fps) });
      for (const reading of device.readings) push({ type: 'reading', reading });
    },
    (error: unknown) => onProblem(asInkError(error)),
  );
}
