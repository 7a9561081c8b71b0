export { Alignment, type AlignmentOptions } from './alignment.js';
export { findShift, type Shift, type WeightedPicture } from './find-shift.js';
export { fixedWeights } from './fixed-weights.js';
export { type GradientPicture, gradientsOf } from './gradient-picture.js';
export { movedArea } from './moved-area.js';
export { type Reference, ReferenceFile } from './reference-file.js';
