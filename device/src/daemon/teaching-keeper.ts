import type { CropFeed, Teaching } from '../teaching/index.js';
import type { Daemon } from './daemon.js';

/** Feeds what a person is to look at from the daemon's frames. */
export class TeachingKeeper {
  readonly #teaching: Teaching;
  readonly #feed: CropFeed;

  constructor(teaching: Teaching, feed: CropFeed) {
    this.#teaching = teaching;
    this.#feed = feed;
  }

  async start(daemon: Daemon): Promise<void> {
    await this.#teaching.start();
    daemon.on('frame', (frame, outcomes) => this.#feed.take(frame, outcomes));
  }

  async stop(): Promise<void> {
    await this.#feed.idle();
    await this.#teaching.stop();
  }
}
