/** What is wrong with one value that was sent. */
export interface Issue {
  /** Dotted key. */
  readonly path: string;
  readonly message: string;
}

/** A request that the device refused, or that did not reach it. */
export class ApiError extends Error {
  /** 0 where there was no answer. */
  readonly status: number;
  readonly code: string;
  /** What to do about it. */
  readonly remedy: string | undefined;
  readonly issues: readonly Issue[];

  constructor(status: number, body: ErrorBody) {
    super(body.message ?? `HTTP ${status}`);
    this.status = status;
    this.code = body.code ?? '';
    this.remedy = body.remedy ?? body.hint;
    this.issues = body.issues ?? [];
  }
}

export interface ErrorBody {
  readonly code?: string;
  readonly message?: string;
  readonly remedy?: string;
  readonly hint?: string;
  readonly issues?: readonly Issue[];
}

/** @throws whatever is no error of the device: a fault of the page */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  throw error;
}
