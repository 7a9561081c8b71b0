export { ALTERATIONS } from './alterations.js';
export { describeScore, describeStability } from './describe-score.js';
export { type LabelledFolder, readLabelledFolder } from './labelled-folder.js';
export { type FolderScore, type NegativesScore, scoreFolder } from './score-folder.js';
export { type PictureLabel, type PicturesScore, type Score, scorePictures } from './score-pictures.js';
export { measureStability, type Stability, type StabilityScore } from './stability.js';
