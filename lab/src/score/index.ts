export { type FolderScore, readFolder } from './read-folder.js';
export { type PictureLabel, type PicturesScore, type Score, scorePictures } from './score-pictures.js';
