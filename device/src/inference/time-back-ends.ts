import type { Bundle } from '@inkcast/shared/bundle';
import { asInkError } from '@inkcast/shared/errors';
import { DIGIT_SIDE } from '@inkcast/shared/normalization';
import { type BackEndChoice, openBackEnd } from './open-back-end.js';

/** How fast one back end is on this machine. */
export interface BackEndTime {
  readonly name: Exclude<BackEndChoice, 'auto'>;
  /** Median for one digit; null where the back end cannot be used. */
  readonly microseconds: number | null;
  /** Why it cannot. */
  readonly reason?: string;
}

const NAMES = ['cpu', 'wasm', 'coral'] as const;
const WARM_UP = 50;
const ROUNDS = 500;

/** Measures each back end on the same digit, one after the other. */
export async function timeBackEnds(bundle: Bundle): Promise<BackEndTime[]> {
  const times: BackEndTime[] = [];
  for (const name of NAMES) times.push(await timeBackEnd(bundle, name));
  return times;
}

async function timeBackEnd(bundle: Bundle, name: BackEndTime['name']): Promise<BackEndTime> {
  try {
    const backEnd = await openBackEnd(bundle, { choice: name });
    try {
      if (backEnd.refusal !== undefined) return { name, microseconds: null, reason: backEnd.refusal.message };
      const digit = new Int8Array(DIGIT_SIDE * DIGIT_SIDE).map((_, index) => ((index * 53) % 256) - 128);
      const times = Array.from({ length: WARM_UP + ROUNDS }, () => {
        const begun = performance.now();
        backEnd.run(digit);
        return performance.now() - begun;
      }).slice(WARM_UP);
      times.sort((a, b) => a - b);
      return { name, microseconds: times[ROUNDS >> 1] * 1000 };
    } finally {
      backEnd.close();
    }
  } catch (error) {
    return { name, microseconds: null, reason: asInkError(error).message };
  }
}
