export { blur } from './blur.as';
export { closing } from './closing.as';
export { average, halve, interpolate, shrink } from './resize.as';
export { warp } from './warp.as';
