/** Side in pixels of the pieces of frames that a spotter learns from: some four digits of middle size. */
export const CUT_SIDE = 128;
/** Longer sides, in pixels, of the digits that a spotter learns to see: two octaves, so that each digit is seen twice. */
export const MIN_SPOT_SIDE = 11;
export const MAX_SPOT_SIDE = 48;
