import { ERROR_CATALOG, type ErrorCode } from './catalog.js';

/** An error a person can act on: a stable code, one sentence of what happened, and what to do about it. */
export class InkError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string;
  readonly exitCode: 1 | 2;
  /** Several lines of what led to it, for a log. */
  readonly details: string | undefined;

  /**
   * @param code an entry of the catalog, which supplies the remedy and the exit code
   * @param happened one sentence naming the thing concerned (file, key, layer) and what was wrong with it
   * @param options `cause`, the error underneath; `remedy`, where the catalog's is too general; `details`, for a log
   */
  constructor(code: ErrorCode, happened: string, options: { cause?: unknown; remedy?: string; details?: string } = {}) {
    super(happened, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'InkError';
    this.code = code;
    this.details = options.details;
    this.remedy = options.remedy ?? ERROR_CATALOG[code].remedy;
    this.exitCode = ERROR_CATALOG[code].exitCode;
  }

  /** The line that commands print on stderr. */
  override toString(): string {
    return `${this.code}: ${this.message} ${this.remedy}`;
  }
}

/** An `InkError` as it is, anything else wrapped as INK_INTERNAL with its own message and cause. */
export function asInkError(error: unknown): InkError {
  if (error instanceof InkError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new InkError('INK_INTERNAL', `${message}.`, { cause: error });
}
