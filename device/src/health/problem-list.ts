import { type Clocks, Moment } from '@inkcast/shared/clock';
import type { InkError } from '@inkcast/shared/errors';
import type { HealthMessage } from '@inkcast/shared/messages';

type Problem = HealthMessage['problems'][number];

/** A part that tracks its own problems: each has a key and exists as long as the problem lasts. */
export interface ProblemSource {
  readonly problems: ReadonlyMap<string, InkError>;
}

/**
 * The current problems. Every problem has one owner and stays until that owner clears it. Owners are the sources and,
 * for parts that do not track their own problems, the holder of this list.
 */
export class ProblemList {
  readonly #sources: readonly ProblemSource[];
  readonly #clocks: Clocks | undefined;
  readonly #own = new Map<string, InkError>();
  /** When each problem was first seen, by owner and key. */
  readonly #seen = new Map<ProblemSource, ReadonlyMap<string, { readonly code: string; readonly since: Moment }>>();

  constructor(sources: readonly ProblemSource[] = [], clocks?: Clocks) {
    this.#sources = [{ problems: this.#own }, ...sources];
    this.#clocks = clocks;
  }

  /**
   * @param error undefined if the part works again
   * @returns whether the part's error code has changed
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
        [...source.problems].map(([key, { code }]) => {
          const known = before?.get(key);
          return [key, known?.code === code ? known : { code, since: new Moment(this.#clocks) }];
        }),
      );
      this.#seen.set(source, now);
      return [...source.problems].flatMap(([key, { code, message }]) => {
        const seen = now.get(key);
        return seen === undefined ? [] : [{ code, message, since: seen.since.date.toISOString() }];
      });
    });
  }
}
