import { expectationOf, inFrameCoordinates } from '@inkcast/reader/reading';
import type { Explanation } from '@inkcast/shared/explanation';
import { explainPicture, FrameRecorder } from '../explanation/index.js';
import type { SeenFrame } from '../web/index.js';
import type { EngineSlot } from './engine-slot.js';
import type { LiveSettings } from './live-settings.js';
import { regionIn } from './region-settings.js';

/** Explains how a frame is read. It reads the frame once more, so that it is asked for one at a time. */
export class Explainer {
  readonly #engine: EngineSlot;
  readonly #settings: Pick<LiveSettings, 'current'>;
  #running: { readonly region: string | undefined; readonly explanation: Promise<Explanation> } | undefined;

  constructor(engine: EngineSlot, settings: Pick<LiveSettings, 'current'>) {
    this.#engine = engine;
    this.#settings = settings;
  }

  /**
   * Whoever asks while the same is being explained gets that explanation.
   *
   * @param name of the region; undefined for the first one, or where none has a name
   * @throws InkError INK_REQUEST_INVALID for a region that is not there; what vision or inference throws
   */
  async explain(seen: SeenFrame, name: string | undefined): Promise<Explanation> {
    while (this.#running !== undefined) {
      const { region, explanation } = this.#running;
      if (region === name) return explanation;
      await explanation.catch(() => {});
    }
    const explanation = this.#explain(seen, name).finally(() => {
      this.#running = undefined;
    });
    this.#running = { region: name, explanation };
    return explanation;
  }

  async #explain({ number, frame }: SeenFrame, name: string | undefined): Promise<Explanation> {
    const engine = this.#engine;
    const config = this.#settings.current;
    const { area, expect } = regionIn(config, name ?? config.vision.regions[0]?.name);
    const view = engine.look(frame, area);
    const recorded = new FrameRecorder();
    const expectation = expect === undefined ? undefined : expectationOf(expect);
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
