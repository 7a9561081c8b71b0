import { ERROR_CATALOG, type ErrorCode } from './catalog.js';
import { systemFault } from './system-fault.js';

/** What is wrong with one of several values. */
export interface ErrorIssue {
  /** Dotted name of the key. */
  readonly path: string;
  readonly message: string;
}

/** An error that a person can act on: a stable code, a sentence about what happened, and a remedy. */
export class InkError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string;
  readonly exitCode: 1 | 2;
  /** Several lines about the events before the error, for a log. */
  readonly details: string | undefined;
  /** The faults of several values that were checked together. */
  readonly issues: readonly ErrorIssue[];

  /**
   * @param code an entry of the catalog, which supplies the remedy and the exit code
   * @param happened one sentence that names the thing (file, key, layer) and what was wrong with it
   * @param options `cause`, the underlying error; `remedy`, if the catalog's is too general; `details`, for a log;
   * `issues`, for a form that shows each beside its field
   */
  constructor(
    code: ErrorCode,
    happened: string,
    options: { cause?: unknown; remedy?: string; details?: string; issues?: readonly ErrorIssue[] } = {},
  ) {
    super(happened, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'InkError';
    this.code = code;
    this.details = options.details;
    this.issues = options.issues ?? [];
    this.remedy = options.remedy ?? ERROR_CATALOG[code].remedy;
    this.exitCode = ERROR_CATALOG[code].exitCode;
  }

  /** The line that commands print to stderr. */
  override toString(): string {
    return `${this.code}: ${this.message} ${this.remedy}`;
  }
}

/**
 * Returns an `InkError` unchanged. Other errors are turned into the code that fits them, or into INK_INTERNAL with
 * their own message.
 */
export function asInkError(error: unknown): InkError {
  if (error instanceof InkError) return error;
  if (!(error instanceof Error)) return new InkError('INK_INTERNAL', `${error}.`, { cause: error });
  const { message } = error;
  const code = 'code' in error ? error.code : undefined;
  // An error from a thread arrives with its properties, but without its class.
  if (isErrorCode(code)) return new InkError(code, message, { cause: error, ...remedyOf(error) });
  const known = systemFault(error);
  if (known !== undefined) return new InkError(known.code, known.message, { cause: error });
  return new InkError('INK_INTERNAL', `${message.replace(/\.$/, '')}.`, { cause: error });
}

/** An error as another process or thread says it, such as a learning process. */
export interface ErrorBody {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

export const bodyOf = ({ code, message, remedy }: InkError): ErrorBody & { readonly code: ErrorCode } => ({
  code,
  message,
  remedy,
});

/** The inverse of `bodyOf`; a code that is not in the catalog becomes INK_INTERNAL. */
export function errorOf({ code, message, remedy }: ErrorBody): InkError {
  return new InkError(isErrorCode(code) ? code : 'INK_INTERNAL', message, { remedy });
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_CATALOG, code);
}

function remedyOf(error: Error): { readonly remedy?: string } {
  return 'remedy' in error && typeof error.remedy === 'string' ? { remedy: error.remedy } : {};
}
