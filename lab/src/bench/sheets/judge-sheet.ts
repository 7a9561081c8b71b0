import type { Reading } from '@inkcast/reader/reading';

/**
 * The value of one frame's reading for a tracker: `right`; `held` if nothing would be published, because nothing was read
 * or a digit is in doubt; or `wrong`.
 */
export type SheetVerdict = 'right' | 'held' | 'wrong';

/** @param text the rows that the sheet shows, joined by newlines; empty for a blank one */
export function judgeSheet({ text, rejected }: Pick<Reading, 'text' | 'rejected'>, shown: string): SheetVerdict {
  if (text === '') return shown === '' ? 'right' : 'held';
  if (rejected.some(({ mayBe }) => mayBe !== undefined)) return 'held';
  return text === shown ? 'right' : 'wrong';
}
