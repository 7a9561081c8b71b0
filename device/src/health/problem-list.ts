import type { InkError } from '@inkcast/shared/errors';
import type { HealthMessage } from '@inkcast/shared/messages';

type Problem = HealthMessage['problems'][number];

/** What is wrong now, by the part that it is wrong with. */
export class ProblemList {
  readonly #problems = new Map<string, Problem>();

  /**
   * @param error undefined where the part is well again
   * @returns whether it was otherwise before, by its code
   */
  set(part: string, error: InkError | undefined): boolean {
    if (error === undefined) return this.#problems.delete(part);
    const { code, message } = error;
    const known = this.#problems.get(part);
    const isNew = known?.code !== code;
    const since = isNew ? new Date().toISOString() : known.since;
    this.#problems.set(part, { code, message, since });
    return isNew;
  }

  get current(): Problem[] {
    return [...this.#problems.values()];
  }
}
