/** The schedule of the learning rate. Lengths are in steps, not in epochs. */
export type Schedule =
  | { readonly kind: 'constant'; readonly learningRate: number }
  | {
      readonly kind: 'step';
      readonly learningRate: number;
      /** Steps between two drops. */
      readonly every: number;
      /** Factor for the rate at each drop. */
      readonly factor: number;
    }
  | {
      readonly kind: 'cosine';
      /** The highest rate, reached at the end of the warm-up. */
      readonly learningRate: number;
      /** Steps in which the rate rises linearly. */
      readonly warmup: number;
      /** Number of all steps, including the warm-up. Afterwards the rate keeps its last value. */
      readonly total: number;
      /** The last rate. */
      readonly final: number;
    };

/** The learning rate of step `step`, the first being 0. */
export function learningRateAt(schedule: Schedule, step: number): number {
  switch (schedule.kind) {
    case 'constant':
      return schedule.learningRate;
    case 'step':
      return schedule.learningRate * schedule.factor ** Math.floor(step / schedule.every);
    case 'cosine': {
      if (step < schedule.warmup) return (schedule.learningRate * (step + 1)) / schedule.warmup;
      const length = Math.max(1, schedule.total - schedule.warmup);
      const progress = Math.min(1, (step - schedule.warmup) / length);
      // Loshchilov and Hutter, "SGDR", 2017, without restarts.
      return schedule.final + ((schedule.learningRate - schedule.final) * (1 + Math.cos(Math.PI * progress))) / 2;
    }
  }
}
