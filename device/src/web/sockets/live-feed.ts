import { setTimeout as wait } from 'node:timers/promises';
import type { InkError } from '@inkcast/shared/errors';
import { asInkError } from '@inkcast/shared/errors';
import type { SeenFrame, WebDevice } from '../web-device.js';
import { FrameRate } from './frame-rate.js';
import { liveHeader, liveMessage } from './live-message.js';
import { type LivePicture, livePicture } from './live-picture.js';

export interface LiveFeedOptions {
  readonly device: WebDevice;
  /** Told of a picture that cannot be made. */
  readonly onProblem: (problem: InkError) => void;
}

/** Who is shown frames, one at a time. */
export interface LiveClient {
  /** Whether it has drawn what it was sent, and is looked at. */
  readonly isReady: boolean;
  /** The frame that it was sent last. */
  readonly lastFrame: number | undefined;
  send(frame: number, message: Buffer): void;
}

/** Time between two pictures at least: an eye wants no more, and every picture costs what a part of a frame's reading does. */
const MIN_INTERVAL_MS = 100;

/**
 * Shows the newest frame to whoever is ready for one. A picture is made for all of them at once, in a thread of its own,
 * and only while somebody is ready: a page that hangs costs nothing, and no page delays a frame.
 */
export class LiveFeed {
  readonly #options: LiveFeedOptions;
  readonly #clients = new Set<LiveClient>();
  readonly #rate = new FrameRate();
  #stop: (() => void) | undefined;
  /** The last frame of which no picture could be made: it is not tried again. */
  #failed: number | undefined;
  #running: Promise<void> | undefined;

  constructor(options: LiveFeedOptions) {
    this.#options = options;
  }

  start(): void {
    this.#stop = this.#options.device.listen({
      frame: () => {
        this.#rate.count(performance.now());
        this.show();
      },
    });
  }

  async stop(): Promise<void> {
    this.#stop?.();
    this.#clients.clear();
    await this.#running;
  }

  /** Frames read a second, of the last seconds. */
  get fps(): number {
    return this.#rate.perSecond(performance.now());
  }

  add(client: LiveClient): void {
    this.#clients.add(client);
    this.show();
  }

  remove(client: LiveClient): void {
    this.#clients.delete(client);
  }

  /** Shows the newest frame to those that are ready and have not seen it. */
  show(): void {
    if (this.#running !== undefined || this.#waiting().length === 0) return;
    this.#running = this.#showNewest().finally(() => {
      this.#running = undefined;
      this.show();
    });
  }

  /** A message without a picture: what there is to say while no frame comes. */
  sign(): Buffer {
    const { device } = this.#options;
    return liveMessage(liveHeader(device, device.seen, undefined, this.fps));
  }

  #waiting(seen = this.#options.device.seen): LiveClient[] {
    return [...this.#clients].filter(
      ({ isReady, lastFrame }) =>
        isReady && seen !== undefined && lastFrame !== seen.number && this.#failed !== seen.number,
    );
  }

  async #showNewest(): Promise<void> {
    const { device, onProblem } = this.#options;
    const { seen } = device;
    if (seen === undefined) return;
    try {
      const picture = await livePicture(seen);
      this.#send(seen, picture);
    } catch (error) {
      this.#failed = seen.number;
      onProblem(asInkError(error));
    }
    await wait(MIN_INTERVAL_MS);
  }

  #send(seen: SeenFrame, picture: LivePicture): void {
    const { device } = this.#options;
    const header = liveHeader(device, seen, picture, this.fps);
    const message = liveMessage(header, picture.jpeg);
    for (const client of this.#waiting(seen)) client.send(seen.number, message);
  }
}
