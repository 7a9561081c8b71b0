import { parseJson } from '@inkcast/shared/plain-data';
import type { WebSocket } from 'ws';
import { liveRequestSchema } from '../messages.js';
import { keepAlive, TICK_MS } from './keep-alive.js';
import type { LiveClient, LiveFeed } from './live-feed.js';

/** Serves one page that is looked at: one frame is on its way at a time, until the page says that it has drawn it. */
export function serveLive(socket: WebSocket, feed: LiveFeed): void {
  const page = new LivePage(socket);
  const stop = keepAlive(socket, () => page.sign(feed.sign()));
  socket.on('message', (data, isBinary) => {
    if (isBinary || !page.take(String(data))) socket.close(1008, 'not understood');
    else feed.show();
  });
  socket.on('close', () => {
    stop();
    feed.remove(page);
  });
  feed.add(page);
}

class LivePage implements LiveClient {
  readonly #socket: WebSocket;
  #lastFrame: number | undefined;
  #isDrawing = false;
  #isHidden = false;
  #sentAt = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  get isReady(): boolean {
    return !this.#isDrawing && !this.#isHidden && this.#socket.readyState === this.#socket.OPEN;
  }

  get lastFrame(): number | undefined {
    return this.#lastFrame;
  }

  send(frame: number, message: Buffer): void {
    this.#lastFrame = frame;
    this.#isDrawing = true;
    this.#sentAt = performance.now();
    this.#socket.send(message);
  }

  /** Says that the device is there, where no picture has said so, and where nothing is on its way already. */
  sign(message: Buffer): void {
    const isSilent = performance.now() - this.#sentAt >= TICK_MS;
    if (isSilent && !this.#isHidden && this.#socket.bufferedAmount === 0) this.#socket.send(message);
  }

  /** @returns whether the page's message was understood */
  take(text: string): boolean {
    const parsed = liveRequestSchema.safeParse(jsonOf(text));
    if (!parsed.success) return false;
    if ('pause' in parsed.data) this.#isHidden = parsed.data.pause;
    else if (parsed.data.ack === this.#lastFrame) this.#isDrawing = false;
    return true;
  }
}

function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    // What is no JSON is no request either.
    return undefined;
  }
}
