import type { Hypothesis } from '@inkcast/reader/reading';
import { type Box, iou } from '@inkcast/reader/vision';
import { isAmbiguous, isPrintedDigit } from '../../synthesis/index.js';
import type { StoredFrame, StoredMark } from '../frames/frame-file.js';

/** Whether a hypothesis is true. undefined means ambiguous: the fit ignores it. */
export type Truth = boolean | undefined;

/** With at least the first IoU, a box belongs to a mark. With less than the second, it does not. */
export const SAME_MARK_IOU = 0.45;
export const OTHER_MARK_IOU = 0.25;
/** Minimum width of a box relative to its height, so that one pixel does not decide about a 1. */
const MIN_ASPECT = 0.4;
/** A digit with a smaller share of its ink in the frame is optional. */
const MIN_WITHIN_FRAME = 0.7;
/** A digit with a smaller height in pixels is optional. */
const MIN_HEIGHT = 9;

/** Whether a mark is a digit that should be read. */
export const isToBeRead = ({ label, box, within }: StoredMark): boolean =>
  /^[0-9]$/.test(label) && box.height >= MIN_HEIGHT && within >= MIN_WITHIN_FRAME;

/** The mark with the highest intersection over union (IoU) with the box of a candidate, and the IoU. */
export function markOf(
  box: Box,
  { marks }: Pick<StoredFrame, 'marks'>,
): { readonly mark: StoredMark | undefined; readonly share: number } {
  const own = widened(box);
  let best: StoredMark | undefined;
  let share = 0;
  for (const mark of marks) {
    const common = iou(own, widened(mark.box));
    if (common <= share) continue;
    best = mark;
    share = common;
  }
  return { mark: best, share };
}

/** The same without the neighbours: alone, nobody can see that an o is a letter of a word. */
export function localTruthOf(hypothesis: Hypothesis, frame: StoredFrame): Truth {
  const { mark, share } = markOf(hypothesis.candidate.box, frame);
  const isLookAlike =
    mark !== undefined && share >= OTHER_MARK_IOU && isAmbiguous(mark.label) && !isPrintedDigit(mark.label);
  return isLookAlike ? undefined : truthOf(hypothesis, frame);
}

/** Whether a hypothesis is true in its frame. */
export function truthOf(hypothesis: Hypothesis, frame: StoredFrame): Truth {
  const { mark: best, share } = markOf(hypothesis.candidate.box, frame);
  if (best === undefined || share < OTHER_MARK_IOU) return false;
  if (isPrintedDigit(best.label)) return false;
  if (isAmbiguous(best.label)) return best.inWord ? false : undefined;
  if (best.box.height < MIN_HEIGHT || best.within < MIN_WITHIN_FRAME) return undefined;
  if (!/^[0-9]$/.test(best.label)) return false;
  if (best.label !== String(hypothesis.digit)) return false;
  return share >= SAME_MARK_IOU ? true : undefined;
}

function widened({ x, y, width, height }: Box): Box {
  const wide = Math.max(width, MIN_ASPECT * height);
  return { x: x + (width - wide) / 2, y, width: wide, height };
}
