import { type ErrorCode, InkError } from '@inkcast/shared/errors';

/**
 * What a refusal depends on. `passing`: on the broker's state or this user's rights, so that it may end. `lasting`: on
 * the message itself. `fatal`: likewise, and the broker refuses by ending the connection, so that to try is costly.
 */
export type RefusalKind = 'passing' | 'lasting' | 'fatal';

/** A broker's refusal of one message or subscription. */
export class Refusal extends InkError {
  readonly kind: RefusalKind;
  /** Bytes that the payload may have, where the broker has said so. */
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

/** What a problem with one message depends on. */
export function refusalKind(problem: InkError): RefusalKind {
  return problem instanceof Refusal ? problem.kind : 'passing';
}

/** Bytes that a payload may have in the place of one that was refused; undefined where another size is of no use. */
export function bytesToTry(problem: InkError, payload: string | Uint8Array): number | undefined {
  if (!(problem instanceof Refusal) || problem.kind === 'passing') return undefined;
  return problem.limit ?? Math.floor(Buffer.byteLength(payload) / 2);
}
