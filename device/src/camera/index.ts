export { decodePicture, type Picture, WORKING_SIDE } from './decode-picture.js';
export { DirectorySource, type DirectorySourceOptions } from './directory-source.js';
export type { Frame } from './frame.js';
export type { FrameSink, FrameSource } from './frame-source.js';
