import type { WebSocket } from 'ws';

/** Time between two pings, and between two looks at what there is to say. */
export const TICK_MS = 1000;
/** A browser that answers no ping for so long is gone: a laptop that was closed says no goodbye. */
const MAX_SILENCE_MS = 30_000;

/**
 * Pings the other side every second, and ends the connection where it answers no more.
 *
 * @param onTick called as often
 * @returns what ends it
 */
export function keepAlive(socket: WebSocket, onTick: () => void): () => void {
  let heardAt = performance.now();
  const heard = () => {
    heardAt = performance.now();
  };
  socket.on('pong', heard);
  socket.on('message', heard);
  const timer = setInterval(() => {
    if (performance.now() - heardAt > MAX_SILENCE_MS) {
      socket.terminate();
      return;
    }
    // To one that reads nothing, no further ping is sent: they would pile up.
    if (socket.bufferedAmount === 0) socket.ping();
    onTick();
  }, TICK_MS);
  return () => clearInterval(timer);
}
