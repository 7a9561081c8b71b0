import { type ErrorCode, InkError } from '@inkcast/shared/errors';

/** The part of a program's standard error that explains its failure. */
export interface Complaint {
  /** The most informative line, at most 300 characters, without a full stop at its end. */
  readonly line: string;
  /** What to do about it, if the cause is known. */
  readonly remedy?: string;
  /** The last lines of output, for a log. */
  readonly tail: string;
}

/** An error with this code. @param happened what happened, without a full stop; the complaint follows after a colon */
export function complain(code: ErrorCode, happened: string, complaint: Complaint | undefined): InkError {
  if (complaint === undefined) return new InkError(code, `${happened}.`);
  const { line, remedy, tail } = complaint;
  return new InkError(code, `${happened}: ${line}.`, { ...(remedy === undefined ? {} : { remedy }), details: tail });
}
