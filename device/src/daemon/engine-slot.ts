import { boxesInFrame, type FrameReading, type Look, type ReadOptions } from '@inkcast/reader/reading';
import type { LumaFrame, View, ViewArea } from '@inkcast/reader/vision';
import type { Bundle } from '@inkcast/shared/bundle';
import type { ReadingEngine } from './reading-engine.js';

/** Holds the engine in use, and takes another in its place between two frames. */
export class EngineSlot implements Omit<ReadingEngine, 'reader' | 'ink' | 'classifier' | 'operations' | 'look'> {
  readonly #open: (bundle: Bundle) => Promise<ReadingEngine>;
  #engine: ReadingEngine;
  #closed = false;

  /** @param engine the first one, which is the slot's from now on */
  constructor(engine: ReadingEngine, open: (bundle: Bundle) => Promise<ReadingEngine>) {
    this.#engine = engine;
    this.#open = open;
  }

  get model(): string {
    return this.#engine.model;
  }

  get folders(): ReadingEngine['folders'] {
    return this.#engine.folders;
  }

  /** What the classifier tells apart, by class. */
  get labels(): readonly string[] {
    return this.#engine.classifier.labels;
  }

  get vision(): ReadingEngine['vision'] {
    return this.#engine.vision;
  }

  get backEnd(): ReadingEngine['backEnd'] {
    return this.#engine.backEnd;
  }

  get refusal(): ReadingEngine['refusal'] {
    return this.#engine.refusal;
  }

  /** What is read of a frame. @throws InkError INK_VISION_FAILED */
  look(frame: LumaFrame, area: ViewArea): View {
    return this.#engine.look(frame, area);
  }

  /** Reads with whatever engine is in use. @throws InkError what vision or inference throws */
  read(frame: LumaFrame, options?: ReadOptions): FrameReading {
    return this.#engine.reader.read(frame, options);
  }

  /** Every piece of ink in an area of a frame, for labels of classes that the model does not know. */
  inkIn(frame: LumaFrame, area: ViewArea = {}): Look[] {
    const view = this.#engine.look(frame, area);
    return boxesInFrame(view.toFrame, this.#engine.ink.look(view.frame));
  }

  /** Runs another bundle from the next frame on. @throws InkError why it cannot; the engine in use then stays */
  async replace(bundle: Bundle): Promise<void> {
    const fresh = await this.#open(bundle);
    if (this.#closed) {
      fresh.close();
      return;
    }
    this.#engine.close();
    this.#engine = fresh;
  }

  close(): void {
    this.#closed = true;
    this.#engine.close();
  }
}
