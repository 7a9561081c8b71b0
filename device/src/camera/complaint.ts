import { type ErrorCode, InkError } from '@inkcast/shared/errors';

/** What a program wrote to its standard error that says why it fails. */
export interface Complaint {
  /** The line that says most, at most 300 characters, without a full stop at its end. */
  readonly line: string;
  /** What to do about it, where the cause is known. */
  readonly remedy?: string;
  /** The last lines it wrote, for a log. */
  readonly tail: string;
}

/** An error of this code. @param happened what happened, without a full stop; the complaint follows after a colon */
export function complain(code: ErrorCode, happened: string, complaint: Complaint | undefined): InkError {
  if (complaint === undefined) return new InkError(code, `${happened}.`);
  const { line, remedy, tail } = complaint;
  return new InkError(code, `${happened}: ${line}.`, { ...(remedy === undefined ? {} : { remedy }), details: tail });
}
