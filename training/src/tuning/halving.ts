/** One round of successive halving: the remaining trials train up to epoch `epochs`. */
export interface Rung {
  readonly epochs: number;
  readonly trials: number;
}

/**
 * The rounds of successive halving (Jamieson and Talwalkar, 2016). Every round divides the number of trials by `factor` and
 * multiplies the epochs by it, down to one trial with `epochs`. The trials and epochs limit the number of rounds.
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
