export { add, addScaled } from './add.as';
export { convolve } from './convolution.as';
export { depthwise } from './depthwise.as';
export { enlarge, maxPool } from './maps.as';
export { widen } from './widen.as';
