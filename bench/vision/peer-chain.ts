import type { LumaFrame } from '@inkcast/device/vision';

/** The tutorials' chain: Otsu's threshold, contours, their boxes, a 28x28 crop of each. */
export interface PeerChain {
  /** @returns how many crops it made */
  run(frame: LumaFrame): number;
}

export const CROP_SIDE = 28;

/** Whether a box can be a digit's, as the tutorials sort out specks and the page's edge. */
export function mayBeDigit(box: { readonly width: number; readonly height: number }, frame: LumaFrame): boolean {
  return box.height >= 10 && box.width >= 3 && box.height < frame.height * 0.9 && box.width < frame.width * 0.9;
}
