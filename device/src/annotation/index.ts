export { annotateFrame, annotatePicture } from './annotate.js';
export { fitPicture, type PictureBounds } from './fit-picture.js';
export type { Annotated } from './overlay.js';
