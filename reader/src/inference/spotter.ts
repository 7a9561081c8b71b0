import type { Mosaic } from '../vision/index.js';
import type { SpotMap } from './find-spots.js';
import type { SpotterNetwork } from './spotter-network.js';

/** Finds the places of digits in a frame. It owns its network. */
export class Spotter {
  /** The finest octave that it looks at, in frame pixels per pixel. */
  readonly finest: number;
  readonly #network: SpotterNetwork;

  constructor(network: SpotterNetwork, finest = 1) {
    this.#network = network;
    this.finest = finest;
  }

  /**
   * The network's output for a mosaic, valid until the next call.
   *
   * @throws InkError INK_TFLITE_INTERPRETER
   */
  look(mosaic: Mosaic): SpotMap {
    const { gray, height, width } = mosaic;
    return { values: this.#network.run(gray, height, width), ...this.#network.description.output };
  }

  close(): void {
    this.#network.close();
  }
}
