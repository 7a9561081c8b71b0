export { areWithin } from './are-within.js';
export { candidateWithin, type InkCandidate } from './candidate-within.js';

export { type Box, boundingBox, gaps, iou, middle, overlap, type Point } from './geometry.js';
export type { InkMap, Polarity } from './ink-map.js';
export { Pyramid } from './pyramid.js';
export { type InkPiece, joinRuns } from './ink-pieces.js';
export { type Mosaic, makeMosaic, type Tile } from './mosaic.js';
export type { InkObserver, Objection } from './objection.js';
export { openVision, type VisionChoice } from './open-vision.js';
export { isOpenCvNativeInstalled, loadAddon, openOpenCvNative } from './opencv-native.js';
export { openOpenCvWasm } from './opencv-wasm.js';
export type { Plane, VisionBuild, VisionOperations, VisionScope } from './operations.js';
export type { Picture, PixelKernels } from './pixel-kernels.js';
export type { LumaFrame } from './luma-frame.js';
export type { Surroundings } from './surroundings.js';
export { type Corners, type View, type ViewArea, viewOf } from './view.js';
