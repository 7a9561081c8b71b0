import { NONE, PRINTED } from '@inkcast/reader/inference';
import type { Box } from '@inkcast/reader/vision';
import { isAmbiguous, isPrintedDigit } from '../../synthesis/index.js';
import type { StoredFrame } from '../frames/frame-file.js';
import { isToBeRead, markOf, OTHER_MARK_IOU, SAME_MARK_IOU } from '../judgement/label-hypothesis.js';

/** The classes of a verifier: handwritten digits, all else, and digits in print. */
export const VERIFIER_LABELS: readonly string[] = [...'0123456789', NONE, PRINTED];

/** The class of the ink in a box of a frame. undefined means ambiguous: the training ignores it. */
export function labelPatch(box: Box, frame: StoredFrame): string | undefined {
  const { mark, share } = markOf(box, frame);
  if (mark === undefined || share < OTHER_MARK_IOU) return NONE;
  const isWhole = share >= SAME_MARK_IOU;
  if (isPrintedDigit(mark.label)) return isWhole ? PRINTED : undefined;
  if (isAmbiguous(mark.label)) return mark.inWord ? NONE : undefined;
  if (!/^[0-9]$/.test(mark.label)) return NONE;
  return isWhole && isToBeRead(mark) ? mark.label : undefined;
}

/** Whether the ink in a box of a frame is a handwritten letter. */
export function isLetter(box: Box, frame: StoredFrame): boolean {
  const { mark, share } = markOf(box, frame);
  return mark !== undefined && share >= SAME_MARK_IOU && /^\p{L}$/u.test(mark.label);
}
