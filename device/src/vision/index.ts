export type { Candidate } from './candidate.js';
export { type Box, boundingBox, overlap, type Point, sharedArea } from './geometry.js';
export type { Polarity } from './ink-map.js';
export { openVision, type VisionChoice } from './open-vision.js';
export { isOpenCvNativeInstalled, openOpenCvNative } from './opencv-native.js';
export { openOpenCvWasm } from './opencv-wasm.js';
export type { Component, Components, Plane, VisionBuild, VisionOperations, VisionScope } from './operations.js';
export { type LumaFrame, proposeCandidates } from './propose-candidates.js';
export type { Surroundings } from './surroundings.js';
