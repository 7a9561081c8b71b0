import { tableOf } from './reader-number.js';

/** Plays a simulated video to the tracker. Goal: no number is missed, wrong or late. */
const VIDEO = 'npm run bench -- video 600 SEED';

/** Numbers for following digits from frame to frame. Its times are settings. */
export const TRACKING_NUMBERS = tableOf({
  voteMemory: {
    value: 0.4,
    unit: 'seconds',
    meaning: 'After which a vote counts 1/e',
    source: { command: VIDEO },
  },
  voteMajority: {
    value: 0.6,
    unit: 'share of the votes',
    meaning: 'What the leading digit needs',
    source: { command: VIDEO },
  },
  minSightings: {
    value: 2,
    unit: 'frames',
    meaning: 'In which a digit is seen before it counts',
    source: { definition: 'one frame may be mistaken' },
  },
  presenceMemory: {
    value: 0.4,
    unit: 'seconds',
    meaning: 'Over which it is averaged how often a digit is seen',
    source: { command: VIDEO },
  },
  presenceFirst: {
    value: 0.25,
    unit: 'share of the frames',
    meaning: 'How much the first sighting says',
    source: { command: VIDEO },
  },
  presenceCounts: {
    value: 0.5,
    unit: 'share of the frames',
    meaning: 'In which a digit is seen that counts',
    source: { command: VIDEO },
  },
  presenceStillCounts: {
    value: 0.15,
    unit: 'share of the frames',
    meaning: 'The same, once it counts, so that it does not come and go',
    source: { command: VIDEO },
  },
  restRadius: {
    value: 0.15,
    unit: 'heights',
    meaning: 'How far a digit at rest strays',
    source: { command: VIDEO },
  },
  trackReach: {
    value: 0.6,
    unit: 'heights',
    meaning: 'Farthest that a digit moves between two frames',
    source: { definition: 'less than the distance between two digits of a row' },
  },
  trackHeightFactor: {
    value: 1.6,
    unit: 'factor',
    meaning: "Most by which a digit's height changes between two frames",
    source: { command: VIDEO },
  },
  trackOtherDigit: {
    value: 0.25,
    unit: 'heights',
    meaning: 'By how much farther off a track of the same digit is as good a match as one of another',
    source: { command: VIDEO },
  },
  sameLook: {
    value: 0.15,
    unit: 'share of the blocks',
    meaning: 'A place of which fewer have changed looks as it did',
    source: { command: VIDEO },
  },
  changeBlocksAlong: {
    value: 80,
    unit: 'blocks',
    meaning: 'Along the longer side of a frame, by which changes are found',
    source: { definition: '8 pixels each at 640: wide enough to average noise away, too fine to hide a digit' },
  },
  changeMinSide: {
    value: 4,
    unit: 'pixels',
    meaning: 'Least side of a block',
    source: { definition: '16 pixels halve the noise twice' },
  },
  changeDeviations: {
    value: 5,
    unit: 'standard deviations',
    meaning: "By which a block's mean differs where it has changed",
    source: { definition: 'of 4,800 blocks, normal noise moves one in some 360 frames' },
  },
  changeMin: {
    value: 3,
    unit: 'levels of luma',
    meaning: 'The same, at least',
    source: { definition: 'less is rounding' },
  },
  changeMax: {
    value: 8,
    unit: 'levels of luma',
    meaning: 'The same, at most',
    source: { definition: 'more is never noise' },
  },
  changeSamples: {
    value: 400,
    unit: 'blocks',
    meaning: 'From about so many the gain and the noise are taken',
    source: { definition: 'their median is off by a sixteenth of a deviation' },
  },
  changeDarkest: {
    value: 8,
    unit: 'levels of luma',
    meaning: 'Darker blocks say nothing about gain',
    source: { definition: 'one level is more than a tenth of them' },
  },
  madToDeviation: {
    value: 1.4826,
    unit: 'factor',
    meaning: 'From a median absolute deviation to a standard deviation',
    source: { definition: 'normal noise (Hampel, "The influence curve", 1974)' },
  },
  movingShare: {
    value: 0.08,
    unit: 'share of the blocks',
    meaning: 'That have changed where the picture is said to move',
    source: { command: VIDEO },
  },
  readAgain: {
    value: 5000,
    unit: 'milliseconds',
    meaning: 'After which a frame is read in which nothing has changed',
    source: { definition: 'what changes more slowly than blocks tell is seen in time all the same' },
  },
});
