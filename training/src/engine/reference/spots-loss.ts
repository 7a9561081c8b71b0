import { BOX_VALUES } from '@inkcast/shared/spots';
import type { LossDivisors } from '../loss-divisors.js';
import { type SpotsOptions, targetValues } from '../loss-options.js';

export interface SpotsLoss {
  readonly loss: number;
  readonly parts: { readonly heat: number; readonly box: number };
  readonly correct: number;
  /** By the output. */
  readonly gradient: Float64Array;
}

/** The loss that `SpotsOptions` states. @param output cells x (classes + `BOX_VALUES`) */
export function spotsLoss(
  output: Float64Array,
  targets: Float32Array,
  divisors: LossDivisors,
  options: SpotsOptions,
): SpotsLoss {
  const { classes } = options;
  const outputStep = classes + BOX_VALUES;
  const targetStep = targetValues(options);
  const gradient = new Float64Array(output.length);
  const parts = { heat: 0, box: 0 };
  let correct = 0;
  for (let cell = 0; cell * outputStep < output.length; cell++) {
    const from = cell * outputStep;
    const target = targets.subarray(cell * targetStep, (cell + 1) * targetStep);
    for (let index = 0; index < classes; index++) {
      const z = output[from + index];
      const heat = target[index];
      if (heat === 1 && z >= 0) correct++;
      const point = focalPoint(z, heat, target[classes]);
      parts.heat += point.loss / divisors.main;
      gradient[from + index] = point.slope / divisors.main;
    }
    const share = target[classes + 1 + BOX_VALUES] / BOX_VALUES / divisors.box;
    for (let index = 0; index < BOX_VALUES; index++) {
      const at = from + classes + index;
      const distance = output[at] - target[classes + 1 + index];
      const size = Math.abs(distance);
      parts.box += share * (size < 1 ? distance ** 2 / 2 : size - 0.5);
      gradient[at] = share * Math.max(-1, Math.min(1, distance));
    }
  }
  return { loss: parts.heat + parts.box, parts, correct, gradient };
}

/** One class of one cell: its loss and the slope by its log-odds z. */
function focalPoint(z: number, heat: number, weight: number): { readonly loss: number; readonly slope: number } {
  // log p = min(z, 0) - log(1 + exp(-|z|)), and log q = log(1 - p) is the same of -z: neither overflows nor cancels.
  const tail = Math.log1p(Math.exp(-Math.abs(z)));
  const p = 1 / (1 + Math.exp(-z));
  const q = 1 / (1 + Math.exp(z));
  if (heat === 1) {
    const logP = Math.min(z, 0) - tail;
    return { loss: -(q ** 2) * logP, slope: q ** 2 * (2 * p * logP - q) };
  }
  const logQ = Math.min(-z, 0) - tail;
  const factor = weight * (1 - heat) ** 4;
  return { loss: -factor * p ** 2 * logQ, slope: factor * p ** 2 * (p - 2 * q * logQ) };
}
