import { asInkError } from '@inkcast/shared/errors';
import { openBackEnd, type RunnableModel } from './open-back-end.js';
import type { BackEndChoice } from './open-runtime.js';

/** The speed of one back end on this machine. */
export interface BackEndTime {
  readonly name: Exclude<BackEndChoice, 'auto'>;
  /** Median time for one input; null if the back end cannot be used. */
  readonly microseconds: number | null;
  /** Why it cannot be used. */
  readonly reason?: string;
}

/** A model with the shape of its input. */
export interface TimedModel extends RunnableModel {
  /** Shape of the input, as in the file. */
  readonly shape: readonly number[];
  /** Number of measured runs. A tenth as many runs warm up before. */
  readonly rounds: number;
}

const NAMES = ['cpu', 'inkcast', 'wasm', 'coral'] as const;

/** Measures each back end on the same input, one after the other. */
export async function timeBackEnds(model: TimedModel): Promise<BackEndTime[]> {
  const times: BackEndTime[] = [];
  for (const name of NAMES) times.push(await timeBackEnd(model, name));
  return times;
}

async function timeBackEnd(model: TimedModel, name: BackEndTime['name']): Promise<BackEndTime> {
  try {
    const backEnd = await openBackEnd(model, { choice: name });
    try {
      if (backEnd.refusal !== undefined) return { name, microseconds: null, reason: backEnd.refusal.message };
      const size = model.shape.reduce((product, each) => product * each, 1);
      const input = new Int8Array(size).map((_, index) => ((index * 53) % 256) - 128);
      const warmUp = Math.ceil(model.rounds / 10);
      const times = Array.from({ length: warmUp + model.rounds }, () => {
        const begun = performance.now();
        backEnd.run(input);
        return performance.now() - begun;
      }).slice(warmUp);
      times.sort((a, b) => a - b);
      return { name, microseconds: times[times.length >> 1] * 1000 };
    } finally {
      backEnd.close();
    }
  } catch (error) {
    return { name, microseconds: null, reason: asInkError(error).message };
  }
}
