import type { InkError } from '@inkcast/shared/errors';
import type { HealthMessage } from '@inkcast/shared/messages';

type Problem = HealthMessage['problems'][number];

/** What is wrong now, by the part that it is wrong with. */
export class ProblemList {
  readonly #problems = new Map<string, Problem>();

  /** @param error undefined where the part is well again */
  set(part: string, error: InkError | undefined): void {
    if (error === undefined) {
      this.#problems.delete(part);
      return;
    }
    const { code, message } = error;
    const known = this.#problems.get(part);
    const since = known?.code === code ? known.since : new Date().toISOString();
    this.#problems.set(part, { code, message, since });
  }

  get current(): Problem[] {
    return [...this.#problems.values()];
  }
}
