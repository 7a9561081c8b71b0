import { Moment } from '@inkcast/shared/clock';
import type { InkError } from '@inkcast/shared/errors';

export interface Problem {
  readonly error: InkError;
  readonly since: Moment;
}

/** The current problems, by code; each is reported once when it begins. */
export class Problems {
  readonly #report: (error: InkError) => void;
  readonly #current = new Map<string, Problem>();

  constructor(report: (error: InkError) => void) {
    this.#report = report;
  }

  get current(): readonly Problem[] {
    return [...this.#current.values()];
  }

  begin(error: InkError): void {
    const known = this.#current.get(error.code);
    this.#current.set(error.code, { error, since: known?.since ?? new Moment() });
    if (known === undefined) this.#report(error);
  }

  /**
   * Reports something that is already over and may happen again. It stays among the problems, and is reported each
   * time.
   */
  happen(error: InkError): void {
    this.end(error.code);
    this.begin(error);
  }

  end(...codes: readonly InkError['code'][]): void {
    for (const code of codes) this.#current.delete(code);
  }
}
