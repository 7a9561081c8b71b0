import { tableOf } from './reader-number.js';

/** Numbers for turning hypotheses into a reading. */
export const READING_NUMBERS = tableOf({
  maxCropSide: {
    value: 96,
    unit: 'pixels',
    meaning: 'Longest side at which the ink of a digit is looked at',
    source: { definition: 'an octave keeps at least 48 pixels then, more than twice the 20 of the crop' },
  },
  sameInk: {
    value: 0.5,
    unit: 'share of the smaller box',
    meaning: 'Two boxes of which one covers more are about the same ink',
    source: { definition: 'more than half of a box can only be shared with one that lies over it' },
  },
  maxSearchedGroup: {
    value: 18,
    unit: 'hypotheses',
    meaning: 'Largest group in conflict of which every set is tried',
    source: { definition: 'a quarter of a million sets at most; larger groups lose the likeliest first' },
  },
  minProbability: {
    value: 0.0001,
    unit: 'probability',
    meaning: 'What the classifier gives less, or all but less, is as good as sure',
    source: { definition: 'below what its int8 output tells from 0' },
  },
  companyReach: {
    value: 4,
    unit: 'heights',
    meaning: 'Farther away nothing is company',
    source: {
      definition:
        'wider than the gaps in a number, so that the trees decide what is near; trees that judge are fitted to what is measured with it',
    },
  },
  companyRowOverlap: {
    value: 0.4,
    unit: 'share of the lower height',
    meaning: 'How much a neighbour of the same row overlaps',
    source: { definition: 'as rows are ordered; trees that judge are fitted to what is measured with it' },
  },
  companyHeightFactor: {
    value: 2,
    unit: 'factor',
    meaning: 'Most by which the height of what is counted as near differs',
    source: { definition: 'an octave; trees that judge are fitted to what is measured with it' },
  },
  nobodyLogOdds: {
    value: -8,
    unit: 'log-odds',
    meaning: 'What stands for nobody among the features',
    source: {
      definition:
        'far below even odds, so that it is told apart; trees that judge are fitted to what is measured with it',
    },
  },
  rowMaxSlope: {
    value: Math.tan(Math.PI / 6) * 1.15,
    unit: 'down against right',
    meaning: 'Steepest row of digits',
    source: { definition: "the tangent of 30 degrees, and 15 % for the digits' own unevenness" },
  },
  rowReach: {
    value: 2.5,
    unit: 'heights',
    meaning: 'Farthest that the next digit of a row stands, from middle to middle',
    source: { definition: 'room for one digit that is missing between two' },
  },
  rowSlopesAlike: {
    value: 0.12,
    unit: 'down against right',
    meaning: 'Slopes that differ by less speak for the same direction',
    source: { definition: '7 degrees, within which rows of one sheet run' },
  },
  rowHorizontalVotes: {
    value: 0.6,
    unit: 'votes',
    meaning: 'Votes for horizontal rows, whatever is seen',
    source: { definition: 'a pair counts as the ratio of its heights: one that is less alike says nothing alone' },
  },
  rowMinOnLine: {
    value: 3,
    unit: 'boxes',
    meaning: 'Boxes without neighbours that lie on one line, at least, to be a row',
    source: { definition: 'two always lie on a line' },
  },
  rowOffLine: {
    value: 0.4,
    unit: 'heights',
    meaning: 'How far off its line a box of a row lies at most',
    source: { definition: 'less than half a height: it would stand above or below' },
  },
  rowOverlap: {
    value: 0.4,
    unit: 'share of the lower height',
    meaning: 'How much two neighbours of a row overlap at least',
    source: { definition: 'digits of one row that differ in size or hop still share that much' },
  },
  rowAbove: {
    value: 0.5,
    unit: 'share of the narrower width',
    meaning: 'Boxes that share more of it stand one above the other',
    source: { definition: 'more than half of it' },
  },
  expectedOdds: {
    value: 19,
    unit: 'odds',
    meaning: 'How likely a frame shows what its owner expects, before it is looked at',
    source: {
      definition: 'the word of the owner, but for one frame in twenty in which something hides it or nothing is there',
    },
  },
  expectedLikely: {
    value: 0.5,
    unit: 'probability',
    meaning: 'From here on something is likelier than not',
    source: { definition: 'the definition of a half' },
  },
  expectedMaxLogOdds: {
    value: 6,
    unit: 'log-odds',
    meaning: 'Farther from 0 the log-odds of a hypothesis do not count',
    source: { definition: 'the surest digit is taken to be wrong once in 400' },
  },
  besideHeightFactor: {
    value: 2,
    unit: 'factor',
    meaning: 'How much the heights of two digits of one number differ at most',
    source: { definition: 'as the company of a digit is looked at' },
  },
  besideGap: {
    value: 1.5,
    unit: 'heights',
    meaning: 'How far they are apart at most',
    source: { definition: "one more digit's place" },
  },
  besideOverlap: {
    value: 0.5,
    unit: 'share of the lower height',
    meaning: 'How much they overlap at least',
    source: { definition: 'more than half of it' },
  },
  maxRowStates: {
    value: 2000,
    unit: 'sets',
    meaning: 'Sets of taken places that are followed at once along a row',
    source: { definition: 'a few dozen are usual, so that the search is exact' },
  },
});
