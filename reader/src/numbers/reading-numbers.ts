import { tableOf } from './reader-number.js';

/** Numbers for turning hypotheses into a reading. */
export const READING_NUMBERS = tableOf({
  maxCropSide: {
    value: 96,
    unit: 'pixels',
    meaning: 'Maximum side at which the ink of a digit is examined',
    source: { definition: 'an octave then keeps at least 48 pixels, more than twice the 20 of the crop' },
  },
  sameInk: {
    value: 0.5,
    unit: 'share of the smaller box',
    meaning: 'If one of two boxes covers more of the other, both are about the same ink',
    source: { definition: 'only a box that lies over another one covers more than half of it' },
  },
  sameInkIou: {
    value: 0.8,
    unit: 'intersection over union',
    meaning: 'Two places of ink whose boxes share more are the same place, found on two octaves',
    source: { definition: 'boxes of 28 pixels that differ by less than two on each side' },
  },
  symbolMinConfidence: {
    value: 0.5,
    unit: 'probability',
    meaning: "Minimum probability of the classifier at which a symbol of a class of one's own is read",
    source: { definition: 'likelier than all else, `none` included; the same as the judgement demands of digits' },
  },
  symbolMinDoubt: {
    value: 0.1,
    unit: 'probability',
    meaning: 'Minimum probability at which such a symbol is in doubt, and not ignored',
    source: { definition: 'the same as for digits' },
  },
  maxSearchedGroup: {
    value: 18,
    unit: 'hypotheses',
    meaning: 'Maximum group of conflicting hypotheses for which every set is tried',
    source: {
      definition: 'a quarter of a million sets at most; in larger groups, the likeliest hypotheses are taken first',
    },
  },
  minProbability: {
    value: 0.0001,
    unit: 'probability',
    meaning: 'Probabilities of the classifier closer to 0 or 1 are treated as equal to this',
    source: { definition: "the smallest difference that the classifier's int8 output can express" },
  },
  companyReach: {
    value: 4,
    unit: 'heights',
    meaning: 'Hypotheses farther away are not neighbours',
    source: {
      definition:
        'wider than the gaps in a number, so that the trees decide what is near; they are fitted to measurements with it',
    },
  },
  companyRowOverlap: {
    value: 0.4,
    unit: 'share of the lower height',
    meaning: 'Minimum overlap of neighbours in the same row',
    source: { definition: 'the same as for ordering rows; the judging trees are fitted to measurements with it' },
  },
  companyHeightFactor: {
    value: 2,
    unit: 'factor',
    meaning: 'Maximum factor between the heights of neighbours',
    source: { definition: 'an octave; the judging trees are fitted to measurements with it' },
  },
  nobodyLogOdds: {
    value: -8,
    unit: 'log-odds',
    meaning: 'Value of features that describe a missing neighbour',
    source: {
      definition:
        'far below even odds, so that it cannot be confused; the judging trees are fitted to measurements with it',
    },
  },
  rowMaxSlope: {
    value: Math.tan(Math.PI / 6) * 1.15,
    unit: 'down against right',
    meaning: 'Maximum slope of a row of digits',
    source: { definition: "the tangent of 30 degrees, plus 15 % for the digits' own unevenness" },
  },
  rowReach: {
    value: 2.5,
    unit: 'heights',
    meaning: 'Maximum distance between the centres of consecutive digits in a row',
    source: { definition: 'room for one missing digit between two' },
  },
  rowSlopesAlike: {
    value: 0.12,
    unit: 'down against right',
    meaning: 'Slopes that differ by less are the same direction',
    source: { definition: '7 degrees, the range of rows on one sheet' },
  },
  rowHorizontalVotes: {
    value: 0.6,
    unit: 'votes',
    meaning: 'Votes for horizontal rows that are always counted',
    source: {
      definition:
        'a pair counts with the ratio of its heights, so a pair with less similar heights decides nothing alone',
    },
  },
  rowMinOnLine: {
    value: 3,
    unit: 'boxes',
    meaning: 'Minimum number of boxes without neighbours that form a row if they lie on one line',
    source: { definition: 'two boxes always lie on a line' },
  },
  rowOffLine: {
    value: 0.4,
    unit: 'heights',
    meaning: 'Maximum distance of a box from the line of its row',
    source: { definition: 'less than half a height; otherwise the box would stand above or below' },
  },
  rowOverlap: {
    value: 0.4,
    unit: 'share of the lower height',
    meaning: 'Minimum overlap of two neighbours in a row',
    source: { definition: 'even digits that differ in size or jump share this much' },
  },
  rowAbove: {
    value: 0.5,
    unit: 'share of the narrower width',
    meaning: 'Boxes that share more stand above each other',
    source: { definition: 'more than half' },
  },
  expectedOdds: {
    value: 19,
    unit: 'odds',
    meaning: 'Odds that a frame shows the expected form, before it is examined',
    source: {
      definition:
        'the owner is right except in one frame in twenty, where something hides the digits or nothing is there',
    },
  },
  expectedLikely: {
    value: 0.5,
    unit: 'probability',
    meaning: 'Probability from which on something is more likely than not',
    source: { definition: 'the definition of one half' },
  },
  expectedMaxLogOdds: {
    value: 6,
    unit: 'log-odds',
    meaning: 'Maximum absolute log-odds of a hypothesis',
    source: { definition: 'the surest digit is assumed to be wrong once in 400 times' },
  },
  besideHeightFactor: {
    value: 2,
    unit: 'factor',
    meaning: 'Maximum factor between the heights of two digits of one number',
    source: { definition: 'the same as for neighbours' },
  },
  besideGap: {
    value: 1.5,
    unit: 'heights',
    meaning: 'Maximum distance between two digits of one number',
    source: { definition: 'the width of one more digit' },
  },
  besideOverlap: {
    value: 0.5,
    unit: 'share of the lower height',
    meaning: 'Minimum overlap of two digits of one number',
    source: { definition: 'more than half' },
  },
  maxRowStates: {
    value: 2000,
    unit: 'sets',
    meaning: 'Maximum number of states that are followed at once along a row',
    source: { definition: 'a few dozen are usual, so the search is exact' },
  },
});
