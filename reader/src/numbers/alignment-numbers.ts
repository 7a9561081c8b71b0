import { tableOf } from './reader-number.js';

/** Holds sample scenes against themselves: shifted, lit otherwise, covered, and against others. */
const SHIFTS = 'npm test -- -g "finding a shift"';

/** Numbers by which the view is held against its reference picture. */
export const ALIGNMENT_NUMBERS = tableOf({
  alignmentLongSide: {
    value: 160,
    unit: 'pixels',
    meaning: 'Longer side of the picture on which the shift is worked out',
    source: { definition: '4 pixels of a frame of 640 each: a shift is found to a quarter of that, one pixel' },
  },
  alignmentReach: {
    value: 0.25,
    unit: 'share of each side',
    meaning: 'Farthest shift that is looked for',
    source: { definition: 'nine sixteenths of the view are left in common' },
  },
  alignmentCandidates: {
    value: 6,
    unit: 'shifts',
    meaning: 'Found at a quarter of the size, and looked at on the whole',
    source: { command: SHIFTS },
  },
  alignmentNeighbours: {
    value: 2,
    unit: 'pixels',
    meaning: 'To either side of a shift that was found at half the size, in which the best one lies',
    source: { definition: 'two pixels of the whole are one of the half, which is one off at most' },
  },
  alignmentMinScore: {
    value: 0.4,
    unit: 'correlation of gradients',
    meaning: 'From which on the view is that of the reference',
    source: { command: SHIFTS },
  },
  alignmentMinLead: {
    value: 0.2,
    unit: 'correlation of gradients',
    meaning: 'By which a shift is better than any other, or nothing in view tells how far it has moved',
    source: { command: SHIFTS },
  },
  alignmentMinFixed: {
    value: 0.3,
    unit: 'share of the frame',
    meaning: 'Outside of all regions, at least, or what is inside of them counts too',
    source: { definition: 'as much as a frame holds of a board with a margin around it' },
  },
  alignmentTolerance: {
    value: 0.004,
    unit: 'share of the longer side',
    meaning: 'Shifts up to this are none',
    source: { definition: 'half a pixel of the picture on which they are worked out, and what a camera trembles' },
  },
  alignmentEvery: {
    value: 5000,
    unit: 'milliseconds',
    meaning: 'After which the view is held against the reference though nothing moved',
    source: { definition: 'as often as a frame is read in which nothing has changed' },
  },
  alignmentSoon: {
    value: 700,
    unit: 'milliseconds',
    meaning: 'The same where something moved, and before a shift is believed that was found once',
    source: {
      definition: 'longer than a reading needs to be steady, so that a hand in motion is not taken for a shift',
    },
  },
  alignmentLostChecks: {
    value: 3,
    unit: 'checks in a row',
    meaning: 'That do not find the view before it is lost',
    source: { definition: 'some seconds: whoever passes in front of a camera is gone by then' },
  },
});
