import type { InkError } from '@inkcast/shared/errors';
import type { HealthMessage } from '@inkcast/shared/messages';

type Problem = HealthMessage['problems'][number];

/** A part that keeps account of its own problems: each by a key, for as long as it lasts. */
export interface ProblemSource {
  readonly problems: ReadonlyMap<string, InkError>;
}

/**
 * What is wrong now. Every problem has one owner, and stays until that owner clears it: one of the sources, or the
 * holder of this list, for the parts that do not keep account themselves.
 */
export class ProblemList {
  readonly #sources: readonly ProblemSource[];
  readonly #own = new Map<string, InkError>();
  /** When each problem was first seen: those of one owner by their keys. */
  readonly #seen = new Map<ProblemSource, ReadonlyMap<string, Problem>>();

  constructor(sources: readonly ProblemSource[] = []) {
    this.#sources = [{ problems: this.#own }, ...sources];
  }

  /**
   * @param error undefined where the part is well again
   * @returns whether it was otherwise before, by its code
   */
  set(part: string, error: InkError | undefined): boolean {
    if (error === undefined) return this.#own.delete(part);
    const known = this.#own.get(part);
    this.#own.set(part, error);
    return known?.code !== error.code;
  }

  get current(): Problem[] {
    return this.#sources.flatMap((source) => {
      const before = this.#seen.get(source);
      const now = new Map(
        [...source.problems].map(([key, { code, message }]) => {
          const known = before?.get(key);
          const since = known?.code === code ? known.since : new Date().toISOString();
          return [key, { code, message, since }];
        }),
      );
      this.#seen.set(source, now);
      return [...now.values()];
    });
  }
}
