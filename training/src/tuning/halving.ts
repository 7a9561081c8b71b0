/** One round of successive halving: the trials that are left train up to `epochs`. */
export interface Rung {
  readonly epochs: number;
  readonly trials: number;
}

/**
 * The rounds of successive halving (Jamieson and Talwalkar, 2016): every round divides the trials by `factor` and
 * multiplies their epochs by it, up to one trial at `epochs`; there are as many rounds as trials and epochs allow.
 */
export function halvingRungs(trials: number, epochs: number, factor: number): readonly Rung[] {
  const rungs: Rung[] = [{ epochs, trials: 1 }];
  while (rungs[0].trials < trials) {
    const fewer = Math.floor(rungs[0].epochs / factor);
    if (fewer < 1) break;
    rungs.unshift({ epochs: fewer, trials: rungs[0].trials * factor });
  }
  return [{ epochs: rungs[0].epochs, trials }, ...rungs.slice(1)];
}
