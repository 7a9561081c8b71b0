import { Random } from '@inkcast/training/random';

const SIDE = 256;
const MASK = SIDE - 1;

/** A tile of normal noise (mean 0, deviation 1) that repeats along both axes, made once and read at any offset. */
export class NoiseTile {
  readonly #values: Float32Array;

  private constructor(values: Float32Array) {
    this.#values = values;
  }

  static make(seed: number): NoiseTile {
    const random = new Random(seed);
    return new NoiseTile(Float32Array.from({ length: SIDE * SIDE }, () => random.normal()));
  }

  /** White noise: values at neighbouring integer coordinates are independent. */
  white(x: number, y: number): number {
    return this.#values[(y & MASK) * SIDE + (x & MASK)];
  }

  /** Noise that varies smoothly over about one unit. */
  smooth(x: number, y: number): number {
    const left = Math.floor(x);
    const top = Math.floor(y);
    const fx = ease(x - left);
    const fy = ease(y - top);
    const x0 = left & MASK;
    const x1 = (left + 1) & MASK;
    const y0 = (top & MASK) * SIDE;
    const y1 = ((top + 1) & MASK) * SIDE;
    const v = this.#values;
    const upper = v[y0 + x0] * (1 - fx) + v[y0 + x1] * fx;
    const lower = v[y1 + x0] * (1 - fx) + v[y1 + x1] * fx;
    return upper * (1 - fy) + lower * fy;
  }

  /** Smooth noise of several scales. Each scale has half the width and half the strength of the previous one. */
  fractal(x: number, y: number, octaves: number): number {
    let sum = 0;
    let scale = 1;
    for (let octave = 0; octave < octaves; octave++) {
      sum += this.smooth(x * scale + 37 * octave, y * scale + 91 * octave) / scale;
      scale *= 2;
    }
    return sum;
  }
}

/** Goes from 0 to 1 with no slope at either end. */
function ease(t: number): number {
  return t * t * (3 - 2 * t);
}
