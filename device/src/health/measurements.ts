import type { HealthMessage } from '@inkcast/shared/messages';

/** Time spent on one frame, in milliseconds. */
export interface FrameTimes {
  readonly vision: number;
  readonly inference: number;
  /** From the frame's arrival to its reading. */
  readonly total: number;
}

/** Measurements of the frames since the last report. Frames without a change are counted, but have no times. */
export class Measurements {
  #times: FrameTimes[] = [];
  #frames = 0;
  #since: number;

  /** @param now monotonic milliseconds */
  constructor(now: number) {
    this.#since = now;
  }

  /** @param times undefined for a frame that was not read because nothing had changed */
  add(times: FrameTimes | undefined): void {
    this.#frames++;
    if (times !== undefined) this.#times.push(times);
  }

  /** The measurements since the last call. */
  take(now: number): Pick<HealthMessage, 'fps' | 'latencyMs'> {
    const seconds = Math.max(1e-3, (now - this.#since) / 1000);
    const times = this.#times;
    const report = {
      fps: Number((this.#frames / seconds).toFixed(2)),
      latencyMs: {
        vision: median(times.map(({ vision }) => vision)),
        inference: median(times.map(({ inference }) => inference)),
        total: median(times.map(({ total }) => total)),
      },
    };
    this.#times = [];
    this.#frames = 0;
    this.#since = now;
    return report;
  }
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return Number(sorted[Math.floor(sorted.length / 2)].toFixed(2));
}
