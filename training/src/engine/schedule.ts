/** How the learning rate goes; lengths are counted in steps, not epochs. */
export type Schedule =
  | { readonly kind: 'constant'; readonly learningRate: number }
  | {
      readonly kind: 'step';
      readonly learningRate: number;
      /** Steps between two drops. */
      readonly every: number;
      /** What a drop multiplies the rate by. */
      readonly factor: number;
    }
  | {
      readonly kind: 'cosine';
      /** The highest rate, reached at the end of the warm-up. */
      readonly learningRate: number;
      /** Steps in which the rate rises in a straight line. */
      readonly warmup: number;
      /** All steps, the warm-up among them; afterwards the rate stays at its last value. */
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
