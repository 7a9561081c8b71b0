/** Side of a training cut in pixels: about four digits of medium size. */
export const CUT_SIDE = 128;
/** Range of the longer sides, in pixels, of the digits that a spotter finds: two octaves, so each digit is found twice. */
export const MIN_SPOT_SIDE = 11;
export const MAX_SPOT_SIDE = 48;
