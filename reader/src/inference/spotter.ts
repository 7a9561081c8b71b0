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
   * The network's output for each mosaic of a frame.
   *
   * @throws InkError INK_TFLITE_INTERPRETER
   */
  look(mosaics: readonly Mosaic[]): SpotMap[] {
    const { scale, zeroPoint } = this.#network.description.output;
    return mosaics.map((mosaic) => {
      const { gray, height, width } = mosaic;
      return { mosaic, values: this.#network.run(gray, height, width).slice(), scale, zeroPoint };
    });
  }

  close(): void {
    this.#network.close();
  }
}
