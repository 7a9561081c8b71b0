import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Frame } from '../camera/index.js';

interface WaitingFrame {
  readonly frame: Frame;
  settle(): void;
}

/**
 * Takes frames at any rate and hands them on one at a time. While one frame is processed, only the newest other frame is
 * kept: frames never queue up, and no old frame is read.
 */
export class FramePipeline {
  readonly #process: (frame: Frame) => void | Promise<void>;
  #waiting: WaitingFrame | undefined;
  #running: Promise<void> | undefined;
  #dropped = 0;
  #workingSince: number | undefined;

  /** @param process takes one frame; it must not throw */
  constructor(process: (frame: Frame) => void | Promise<void>) {
    this.#process = process;
  }

  /** Frames given up for newer ones. */
  get dropped(): number {
    return this.#dropped;
  }

  /** When the frame in work was begun, by `performance.now()`; undefined while none is. */
  get workingSince(): number | undefined {
    return this.#workingSince;
  }

  /** Resolves when the frame has been processed or dropped. */
  take(frame: Frame): Promise<void> {
    if (this.#waiting !== undefined) {
      this.#dropped++;
      this.#waiting.settle();
    }
    return new Promise((settle) => {
      this.#waiting = { frame, settle };
      this.#running ??= this.#run();
    });
  }

  /** Resolves when no frame is left. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting !== undefined) {
      // Reading a frame holds the thread: between two frames, messages, timers and newer frames get their turn.
      await nextTurn();
      const { frame, settle } = this.#waiting;
      this.#waiting = undefined;
      this.#workingSince = performance.now();
      await this.#process(frame);
      this.#workingSince = undefined;
      settle();
    }
    this.#running = undefined;
  }
}
