import type { Reading } from '@inkcast/device/reading';

/**
 * What one frame's reading of a sheet is worth to a tracker: `right`, `held` where nothing would be published since
 * nothing was read or a digit is in doubt, or `wrong`.
 */
export type SheetVerdict = 'right' | 'held' | 'wrong';

/** @param text the rows that the sheet shows, joined by newlines; empty for a blank one */
export function judgeSheet({ text, rejected }: Pick<Reading, 'text' | 'rejected'>, shown: string): SheetVerdict {
  if (text === '') return shown === '' ? 'right' : 'held';
  if (rejected.some(({ mayBe }) => mayBe !== undefined)) return 'held';
  return text === shown ? 'right' : 'wrong';
}
