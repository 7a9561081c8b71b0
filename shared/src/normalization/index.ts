export { DIGIT_SIDE, INK_SIDE, type Ink, normalizeDigit } from './normalize-digit.js';
export { resizeArea } from './resize-area.js';
