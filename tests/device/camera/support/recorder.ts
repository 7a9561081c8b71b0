import { EventEmitter, once } from 'node:events';
import type { Frame, FrameSink } from '@inkcast/device/camera';
import type { InkError } from '@inkcast/shared/errors';

/** Records the frames and faults of a source. */
export class Recorder implements FrameSink {
  readonly frames: Frame[] = [];
  readonly faults: InkError[] = [];
  /** Whether a frame came while another was still taken. */
  overlapping = false;
  ended = false;
  /** The error, if the source failed. */
  failure: InkError | undefined;
  readonly #changes = new EventEmitter();
  #inHand = 0;

  async frame(frame: Frame): Promise<void> {
    this.#inHand++;
    if (this.#inHand > 1) this.overlapping = true;
    this.frames.push(frame);
    this.#changes.emit('change');
    await new Promise((resolve) => setImmediate(resolve));
    this.#inHand--;
  }

  fault(error: InkError): void {
    this.faults.push(error);
    this.#changes.emit('change');
  }

  end(error?: InkError): void {
    this.ended = true;
    this.failure = error;
    this.#changes.emit('change');
  }

  /** Resolves when `condition` is true. It is checked after each frame and fault. */
  async until(condition: (recorder: Recorder) => boolean): Promise<void> {
    while (!condition(this)) await once(this.#changes, 'change');
  }
}
