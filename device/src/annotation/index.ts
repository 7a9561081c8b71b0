export { annotateFrame, annotatePicture } from './annotate.js';
export type { Annotated } from './overlay.js';
