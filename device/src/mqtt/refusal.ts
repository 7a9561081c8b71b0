import { type ErrorCode, InkError } from '@inkcast/shared/errors';

/**
 * The kind of a refusal:
 * - `passing`: it depends on the broker's state or the user's rights, so it may end.
 * - `lasting`: it depends on the message.
 * - `fatal`: it depends on the message, and the broker closes the connection, so every try is expensive.
 */
export type RefusalKind = 'passing' | 'lasting' | 'fatal';

/** A broker's refusal of one message or subscription. */
export class Refusal extends InkError {
  readonly kind: RefusalKind;
  /** Maximum bytes of the payload, if the broker has named them. */
  readonly limit: number | undefined;

  constructor(
    code: ErrorCode,
    happened: string,
    options: { readonly kind: RefusalKind; readonly limit?: number; readonly cause?: unknown },
  ) {
    super(code, happened, { cause: options.cause });
    this.kind = options.kind;
    this.limit = options.limit;
  }
}

/** The kind of a problem with one message. */
export function refusalKind(problem: InkError): RefusalKind {
  return problem instanceof Refusal ? problem.kind : 'passing';
}

/** The size of a payload to try instead of a refused one; undefined if another size does not help. */
export function bytesToTry(problem: InkError, payload: string | Uint8Array): number | undefined {
  if (!(problem instanceof Refusal) || problem.kind === 'passing') return undefined;
  return problem.limit ?? Math.floor(Buffer.byteLength(payload) / 2);
}
