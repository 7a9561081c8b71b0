import { tableOf } from './reader-number.js';

/** Plays a simulated video to the tracker. Goal: no number is missed, wrong or late. */
const VIDEO = 'npm run bench -- video 600 SEED';

/** Numbers for following digits from frame to frame. Its times are settings. */
export const TRACKING_NUMBERS = tableOf({
  voteMemory: {
    value: 0.4,
    unit: 'seconds',
    meaning: 'Time after which the weight of a vote is 1/e',
    source: { command: VIDEO },
  },
  voteMajority: {
    value: 0.6,
    unit: 'share of the votes',
    meaning: 'Minimum share of the votes for the leading digit',
    source: { command: VIDEO },
  },
  minSightings: {
    value: 2,
    unit: 'frames',
    meaning: 'Minimum number of frames that show a digit before it counts',
    source: { definition: 'a single frame may be wrong' },
  },
  presenceMemory: {
    value: 0.4,
    unit: 'seconds',
    meaning: 'Time over which the presence of a digit is averaged',
    source: { command: VIDEO },
  },
  presenceFirst: {
    value: 0.25,
    unit: 'share of the frames',
    meaning: 'Presence after the first sighting',
    source: { command: VIDEO },
  },
  presenceCounts: {
    value: 0.5,
    unit: 'share of the frames',
    meaning: 'Minimum presence at which a digit begins to count',
    source: { command: VIDEO },
  },
  presenceStillCounts: {
    value: 0.15,
    unit: 'share of the frames',
    meaning: 'Minimum presence of a digit that already counts, lower so that it does not flicker',
    source: { command: VIDEO },
  },
  restRadius: {
    value: 0.15,
    unit: 'heights',
    meaning: 'Maximum movement of a digit at rest',
    source: { command: VIDEO },
  },
  trackReach: {
    value: 0.6,
    unit: 'heights',
    meaning: 'Maximum movement of a digit between two frames',
    source: { definition: 'less than the distance between two digits of a row' },
  },
  trackHeightFactor: {
    value: 1.6,
    unit: 'factor',
    meaning: "Maximum factor by which a digit's height changes between two frames",
    source: { command: VIDEO },
  },
  trackOtherDigit: {
    value: 0.25,
    unit: 'heights',
    meaning: 'Extra distance at which a track of the same digit still matches as well as a track of another digit',
    source: { command: VIDEO },
  },
  sameLook: {
    value: 0.15,
    unit: 'share of the blocks',
    meaning: 'A place with a smaller share of changed blocks looks unchanged',
    source: { command: VIDEO },
  },
  changeBlocksAlong: {
    value: 80,
    unit: 'blocks',
    meaning: 'Number of blocks along the longer side of a frame in which changes are detected',
    source: { definition: '8 pixels per block at 640: large enough to average noise, too small to hide a digit' },
  },
  changeMinSide: {
    value: 4,
    unit: 'pixels',
    meaning: 'Minimum side of a block',
    source: { definition: '16 pixels halve the noise twice' },
  },
  changeDeviations: {
    value: 5,
    unit: 'standard deviations',
    meaning: "Difference of a block's mean from which on the block has changed",
    source: { definition: 'with normal noise, one of 4,800 blocks changes in about 360 frames' },
  },
  changeMin: {
    value: 3,
    unit: 'levels of luma',
    meaning: 'Minimum of the same difference',
    source: { definition: 'less is rounding' },
  },
  changeMax: {
    value: 8,
    unit: 'levels of luma',
    meaning: 'Maximum of the same difference',
    source: { definition: 'more is never noise' },
  },
  changeSamples: {
    value: 400,
    unit: 'blocks',
    meaning: 'Approximate number of blocks from which gain and noise are estimated',
    source: { definition: 'their median is off by a sixteenth of a deviation' },
  },
  changeDarkest: {
    value: 8,
    unit: 'levels of luma',
    meaning: 'Darker blocks are not used for the gain',
    source: { definition: 'one level is more than a tenth of their luma' },
  },
  madToDeviation: {
    value: 1.4826,
    unit: 'factor',
    meaning: 'Factor from a median absolute deviation to a standard deviation',
    source: { definition: 'normal noise (Hampel, "The influence curve", 1974)' },
  },
  movingShare: {
    value: 0.08,
    unit: 'share of the blocks',
    meaning: 'Share of changed blocks from which on the picture is moving',
    source: { command: VIDEO },
  },
  readAgain: {
    value: 5000,
    unit: 'milliseconds',
    meaning: 'Time after which a frame without a change is read again',
    source: { definition: 'changes that are too slow for the blocks are still noticed in time' },
  },
});
