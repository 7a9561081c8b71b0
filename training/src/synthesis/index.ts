export { DEMO_OCCASIONS, type Occasion } from './compose/demo-scenes.js';
export { type LabelledCrop, labelFrame, NONE_LABEL } from './crop-collection.js';
export { isContradicted, type Opinion } from './is-contradicted.js';
export { type CropLabel, labelCandidate, type ProposedCrop } from './label-candidate.js';
export { photoFrames } from './photo-frames.js';
export { type PracticeFrame, practiceFrames } from './practice-frames.js';
export type { SeenMark } from './render/render-scene.js';
export { type VideoFrame, type VideoOptions, videoFrames } from './video/video-frames.js';
export { writeScenes } from './write-scenes.js';
