import { type ErrorCode, InkError } from '@inkcast/shared/errors';

/**
 * What a refusal depends on. `passing`: on the broker's state or this user's rights, so that it may end. `lasting`: on
 * the message itself. `fatal`: likewise, and the broker refuses by ending the connection, so that to try is costly.
 */
export type RefusalKind = 'passing' | 'lasting' | 'fatal';

/** A broker's refusal of one message or subscription. */
export class Refusal extends InkError {
  readonly kind: RefusalKind;

  constructor(code: ErrorCode, happened: string, options: { readonly kind: RefusalKind; readonly cause?: unknown }) {
    super(code, happened, { cause: options.cause });
    this.kind = options.kind;
  }
}

/** What a problem with one message depends on. */
export function refusalKind(problem: InkError): RefusalKind {
  return problem instanceof Refusal ? problem.kind : 'passing';
}
