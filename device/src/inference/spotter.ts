import type { SpotterSize } from '@inkcast/shared/bundle';
import type { Mosaic } from '../vision/index.js';
import { findSpots, type Spot } from './find-spots.js';
import type { SpotterNetwork } from './spotter-network.js';

/** Sees where in a frame digits are. It owns its network. */
export class Spotter {
  readonly #network: SpotterNetwork;

  constructor(network: SpotterNetwork) {
    this.#network = network;
  }

  get size(): SpotterSize {
    return this.#network.description.size;
  }

  /** @param minLogOdds least log-odds of the likeliest digit. @throws InkError INK_TFLITE_INTERPRETER */
  find(mosaic: Mosaic, minLogOdds: number): Spot[] {
    const { quantized, description } = this.#network;
    const input = new Int8Array(mosaic.gray.length);
    for (let at = 0; at < input.length; at++) input[at] = quantized[mosaic.gray[at]];
    const values = this.#network.run(input, mosaic.height, mosaic.width);
    return findSpots({ values, ...description.output }, mosaic, minLogOdds);
  }

  close(): void {
    this.#network.close();
  }
}
