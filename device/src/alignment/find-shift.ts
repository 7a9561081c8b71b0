import { READER_NUMBERS } from '@inkcast/reader/numbers';
import { type GradientPicture, halved } from './gradient-picture.js';

/** How far what a picture shows lies from where a reference shows it. */
export interface Shift {
  /** Pixels of the frame, to the right and down. */
  readonly dx: number;
  readonly dy: number;
  /** How well both agree then, from -1 to 1: the correlation of their gradients where they overlap. */
  readonly score: number;
  /** By how much better than at any shift farther away: little where all of the view looks alike. */
  readonly lead: number;
}

/** A picture with weights of its pixels, row-major: 0 where what is seen is expected to change. */
export interface WeightedPicture {
  readonly picture: GradientPicture;
  readonly weights: Float32Array;
}

/** A shift in whole pixels of a gradient picture. */
interface Step {
  readonly x: number;
  readonly y: number;
  readonly score: number;
}

/**
 * The shift at which a picture agrees best with a reference of the same size. All shifts within reach are tried at a
 * quarter of the size, the best of them with their neighbours at half the size, and the two best of these that lie apart at
 * full size. Between pixels, a parabola through three scores tells.
 */
export function findShift({ picture: reference, weights }: WeightedPicture, picture: GradientPicture): Shift {
  const whole = new Comparison(reference, picture, weights);
  const half = whole.halved();
  const [first, ...others] = bestApart(half.halved().all())
    .map((step) => half.best(step))
    .sort((a, b) => b.score - a.score);
  const farther = others.find((step) => distance(step, first) > 2 * READER_NUMBERS.alignmentNeighbours.value);
  const refined = [first, ...(farther === undefined ? [] : [farther])].map((step) => whole.best(step));
  const [found, rival] = refined.sort((a, b) => b.score - a.score);
  const [left, right] = [whole.at(found.x - 1, found.y), whole.at(found.x + 1, found.y)];
  const [above, below] = [whole.at(found.x, found.y - 1), whole.at(found.x, found.y + 1)];
  return {
    dx: reference.scale * (found.x + peak(left.score, found.score, right.score)),
    dy: reference.scale * (found.y + peak(above.score, found.score, below.score)),
    score: found.score,
    lead: found.score - Math.max(0, rival?.score ?? 0),
  };
}

const distance = (a: Step, b: Step): number => Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y));

/** Two pictures of one size that are held against one another, one of them shifted. */
class Comparison {
  readonly #reference: GradientPicture;
  readonly #picture: GradientPicture;
  readonly #weights: Float32Array;

  constructor(reference: GradientPicture, picture: GradientPicture, weights: Float32Array) {
    this.#reference = reference;
    this.#picture = picture;
    this.#weights = weights;
  }

  halved(): Comparison {
    const weights = halvedWeights(this.#weights, this.#reference);
    return new Comparison(halved(this.#reference), halved(this.#picture), weights);
  }

  /** Every shift within reach. */
  all(): Step[] {
    const { width, height } = this.#reference;
    const reach = READER_NUMBERS.alignmentReach.value;
    const [across, down] = [Math.ceil(reach * width), Math.ceil(reach * height)];
    const steps: Step[] = [];
    for (let y = -down; y <= down; y++) for (let x = -across; x <= across; x++) steps.push(this.at(x, y));
    return steps;
  }

  /** The best shift next to one that was found at half the size. */
  best({ x, y }: Step): Step {
    const reach = READER_NUMBERS.alignmentNeighbours.value;
    let best = this.at(2 * x, 2 * y);
    for (let down = -reach; down <= reach; down++) {
      for (let across = -reach; across <= reach; across++) {
        const step = this.at(2 * x + across, 2 * y + down);
        if (step.score > best.score) best = step;
      }
    }
    return best;
  }

  at(x: number, y: number): Step {
    const { width, height, x: ax, y: ay } = this.#reference;
    const { x: bx, y: by } = this.#picture;
    let [common, own, other] = [0, 0, 0];
    for (let row = Math.max(0, -y); row < Math.min(height, height - y); row++) {
      const end = row * width + Math.min(width, width - x);
      for (let at = row * width + Math.max(0, -x), to = at + y * width + x; at < end; at++, to++) {
        const weight = this.#weights[at];
        if (weight === 0) continue;
        common += weight * (ax[at] * bx[to] + ay[at] * by[to]);
        own += weight * (ax[at] * ax[at] + ay[at] * ay[at]);
        other += weight * (bx[to] * bx[to] + by[to] * by[to]);
      }
    }
    const energy = Math.sqrt(own * other);
    return { x, y, score: energy === 0 ? 0 : common / energy };
  }
}

/** The best shifts, no two of which are neighbours. */
function bestApart(steps: readonly Step[]): Step[] {
  const best: Step[] = [];
  for (const step of steps.toSorted((a, b) => b.score - a.score)) {
    if (best.some((other) => distance(step, other) <= 1)) continue;
    best.push(step);
    if (best.length === READER_NUMBERS.alignmentCandidates.value) break;
  }
  return best;
}

/** Where between -0.5 and 0.5 the top of the parabola is that goes through three scores, the middle one the greatest. */
function peak(before: number, middle: number, after: number): number {
  const bend = before - 2 * middle + after;
  return bend >= 0 ? 0 : Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)));
}

function halvedWeights(weights: Float32Array, { width, height }: GradientPicture): Float32Array {
  const [columns, rows] = [width >> 1, height >> 1];
  return Float32Array.from({ length: columns * rows }, (_, at) => {
    const first = 2 * Math.floor(at / columns) * width + 2 * (at % columns);
    return Math.min(weights[first], weights[first + 1], weights[first + width], weights[first + width + 1]);
  });
}
