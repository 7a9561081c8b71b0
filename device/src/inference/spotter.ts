import type { Mosaic } from '../vision/index.js';
import type { SpotMap } from './find-spots.js';
import type { SpotterNetwork } from './spotter-network.js';

/** Sees where in a frame digits are. It owns its network. */
export class Spotter {
  /** The octave of the frame that it looks at first, as frame pixels a pixel. */
  readonly finest: number;
  readonly #network: SpotterNetwork;

  constructor(network: SpotterNetwork, finest = 1) {
    this.#network = network;
    this.finest = finest;
  }

  /**
   * What the network says about a mosaic, valid until the next call.
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
