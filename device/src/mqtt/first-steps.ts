import { asInkError, type InkError } from '@inkcast/shared/errors';
import { type RetryDelays, retryDelayMs } from '../retry/index.js';
import { isConnectionLoss } from './ending.js';
import { refusalKind } from './refusal.js';

/** Each try of a step may cost a connection. */
export const STEP_DELAYS: RetryDelays = { firstMs: 60_000, maxMs: 3_600_000 };

export interface FirstStepsOptions {
  /** Waits before a refused step is tried again on the same connection. */
  readonly retryDelays: RetryDelays;
  /** Is told how each step went; without a problem if the broker has accepted it. */
  readonly onOutcome: (step: string, problem?: InkError) => void;
  /** Does a step again if there is a connection. */
  readonly onDue: (step: string) => void;
}

interface Refused {
  /** Number of refusals since the broker last accepted the step. */
  readonly refusals: number;
  /** Whether the step is left out until the wait is over, because the broker closes connections for it. */
  readonly isLeftOut: boolean;
  readonly retry: NodeJS.Timeout;
}

/**
 * What is done at the beginning of every connection: each subscription, and the announcement. A refused step is tried
 * again after a while, because an overloaded broker refuses steps, too. Otherwise the device would not hear requests
 * until its next start.
 */
export class FirstSteps {
  readonly #options: FirstStepsOptions;
  readonly #refused = new Map<string, Refused>();

  constructor(options: FirstStepsOptions) {
    this.#options = options;
  }

  /** Does a step, unless it is left out. @param step the same name each time */
  async attempt(step: string, work: () => Promise<void>): Promise<void> {
    if (this.#refused.get(step)?.isLeftOut === true) return;
    try {
      await work();
      this.#forget(step);
      this.#options.onOutcome(step);
    } catch (error) {
      const problem = asInkError(error);
      if (isConnectionLoss(problem)) return;
      this.#tryLater(step, problem);
      this.#options.onOutcome(step, problem);
    }
  }

  stop(): void {
    for (const step of [...this.#refused.keys()]) this.#forget(step);
  }

  #tryLater(step: string, problem: InkError): void {
    const refusals = (this.#refused.get(step)?.refusals ?? 0) + 1;
    this.#forget(step);
    const isLeftOut = refusalKind(problem) === 'fatal';
    const retry = setTimeout(() => this.#due(step), retryDelayMs(refusals, this.#options.retryDelays));
    this.#refused.set(step, { refusals, isLeftOut, retry: retry.unref() });
  }

  #due(step: string): void {
    const refused = this.#refused.get(step);
    if (refused !== undefined) this.#refused.set(step, { ...refused, isLeftOut: false });
    this.#options.onDue(step);
  }

  #forget(step: string): void {
    clearTimeout(this.#refused.get(step)?.retry);
    this.#refused.delete(step);
  }
}
