const HELD_BACK_EVERY = 5;

/** Whether a label is not learned from but checked with: every fifth one. @param index from 0, in the order of labels */
export const isHeldBack = (index: number): boolean => index % HELD_BACK_EVERY === HELD_BACK_EVERY - 1;
