/** `warning`: Inkcast works, but not as it should. `failed`: something that it needs does not work. */
export type CheckStatus = 'ok' | 'warning' | 'failed';

export interface CheckResult {
  readonly status: CheckStatus;
  /** One sentence: what was found. */
  readonly detail: string;
  /** Of an InkError that was found. */
  readonly code?: string;
  /** What to do about it; absent if the check succeeded. */
  readonly remedy?: string;
  /** Several lines about the cause, such as a program's last output. */
  readonly details?: string;
}

/** One check of `inkcast doctor`. */
export interface Check {
  readonly name: string;
  /** Maximum milliseconds, if it needs more than most checks. */
  readonly mayTake?: number;
  /** Runs the check until it ends or the signal aborts it. An InkError that it throws is its result. */
  run(signal: AbortSignal): Promise<CheckResult>;
}

export interface CheckReport extends CheckResult {
  readonly name: string;
}
