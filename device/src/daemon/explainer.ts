import type { Explanation } from '@inkcast/shared/explanation';
import { explainPicture, FrameRecorder } from '../explanation/index.js';
import { expectationOf, inFrameCoordinates } from '../reading/index.js';
import type { SeenFrame } from '../web/index.js';
import type { EngineSlot } from './engine-slot.js';
import type { LiveSettings } from './live-settings.js';
import { viewAreaOf } from './options-from-config.js';

/** Explains how a frame is read. It reads the frame once more, so that it is asked for one at a time. */
export class Explainer {
  readonly #engine: EngineSlot;
  readonly #settings: Pick<LiveSettings, 'current'>;
  #running: Promise<Explanation> | undefined;

  constructor(engine: EngineSlot, settings: Pick<LiveSettings, 'current'>) {
    this.#engine = engine;
    this.#settings = settings;
  }

  /** Whoever asks while one is being made gets that one. @throws InkError what vision or inference throws */
  explain(seen: SeenFrame): Promise<Explanation> {
    this.#running ??= this.#explain(seen).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #explain({ number, frame }: SeenFrame): Promise<Explanation> {
    const engine = this.#engine;
    const { vision, reading } = this.#settings.current;
    const view = engine.look(frame, viewAreaOf(vision));
    const recorded = new FrameRecorder();
    const expectation = reading.expect === undefined ? undefined : expectationOf(reading.expect);
    const read = inFrameCoordinates(view, engine.read(view.frame, { expectation, observer: recorded }));
    return explainPicture({
      file: `frame ${number}`,
      luma: frame,
      original: frame,
      reduced: frame,
      view: view.frame,
      model: engine.model,
      labels: engine.labels,
      reading: read.reading,
      recorded,
      place: (box) => {
        const { x, y, width, height } = view.toFrame(box);
        return [Math.round(x), Math.round(y), Math.round(width), Math.round(height)];
      },
    });
  }
}
