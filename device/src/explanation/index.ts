export { type ExplainedPicture, explainPicture } from './explain-picture.js';
export { explanationPage } from './explanation-page.js';
export { FrameRecorder } from './frame-recorder.js';
export { pageNames } from './page-names.js';
export { writeExplanation } from './write-explanation.js';
