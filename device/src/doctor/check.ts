/** `warning`: Inkcast works, but not as it should. `failed`: something that it needs does not work. */
export type CheckStatus = 'ok' | 'warning' | 'failed';

export interface CheckResult {
  readonly status: CheckStatus;
  /** One sentence: what was found. */
  readonly detail: string;
  /** What to do about it; absent where all is well. */
  readonly remedy?: string;
  /** Several lines of what led to it, such as a program's last words. */
  readonly details?: string;
}

/** One thing that `inkcast doctor` looks at. */
export interface Check {
  readonly name: string;
  /** Milliseconds that it may take, where that is more than most do. */
  readonly mayTake?: number;
  /** May throw an InkError, which then is the result. Stops by itself when the signal says so. */
  run(signal: AbortSignal): Promise<CheckResult>;
}

export interface CheckReport extends CheckResult {
  readonly name: string;
}
