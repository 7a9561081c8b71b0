export { averageNetworks, type NetworkAverage } from './average-networks.js';
export { type Coarsening, coarsenBundle, NETWORKS, type NetworkName } from './coarsen/coarsen-bundle.js';
export { checkFrameFiles, countOf, type FrameFile } from './frames/check-frame-files.js';
export { decodeFrames, FrameWriter, readFrames, type StoredFrame, type StoredMark } from './frames/frame-file.js';
export { showThrough } from './frames/show-through.js';
export { type FramesOptions, writeFrames } from './frames/write-frames.js';
export { type ShowThroughOptions, writeShowThrough } from './frames/write-show-through.js';
export { chooseMinSpotLogOdds, type LimitScore, scoreLimits } from './judgement/choose-limits.js';
export {
  type FittedJudgement,
  fitBundle,
  type JudgementCases,
  type JudgementOptions,
  seeForJudgement,
} from './judgement/fit-bundle.js';
export type { SeenFrame } from './judgement/fit-judgement.js';
export { isToBeRead, type Truth, truthOf } from './judgement/label-hypothesis.js';
export { type Mining, mineFrames } from './judgement/mine-frames.js';
export { type AddedSpotterCost, addSpotter } from './spotter/add-spotter.js';
export { CUT_SIDE } from './spotter/cut-size.js';
export { cutSquare, type Square } from './spotter/cut-square.js';
export { encodeTargets, HEAT_WEIGHT, TARGET_VALUES } from './spotter/encode-targets.js';
export { runSpotterTraining, type SpotterRun } from './spotter/run-spotter-training.js';
export { type Cut, sampleCut } from './spotter/sample-cut.js';
export { LEARNING_RATE, type SpotterReport } from './spotter/train-spotter.js';
export { type AddedVerifierCost, addVerifier } from './verifier/add-verifier.js';
export { isLetter, labelPatch, VERIFIER_LABELS } from './verifier/label-patch.js';
export { PATCH_SIDE, type Patch, PICTURE_SIDE } from './verifier/patch.js';
export { runVerifierTraining } from './verifier/run-verifier-training.js';
export { plainPicture, samplePicture } from './verifier/sample-picture.js';
export { VERIFIER_LEARNING_RATE, type VerifierReport } from './verifier/train-verifier.js';
export type { WeightRounding } from './weight-rounding.js';
